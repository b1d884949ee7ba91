import { X509Certificate } from 'node:crypto'
import http from 'node:http'
import net from 'node:net'
import tls from 'node:tls'
import { withoutCredentials } from '../../../contract/index.ts'
import { shownName } from '../certificates/ca-file.ts'
import { ReachFailure } from './failure.ts'
import type { Phase, ShownCertificate } from './failure.ts'

export interface ConnectOptions {
  /** With its password. */
  readonly proxy: string | undefined
  readonly context: tls.SecureContext
  readonly signal: AbortSignal
  /** Milliseconds until there is a connection, tunnel and TLS included. */
  readonly timeoutMs: number
}

export interface Connection {
  readonly socket: net.Socket
  /** Of the host itself. */
  readonly certificate: ShownCertificate | undefined
}

/**
 * A connection to a host: straight, or through a proxy (CONNECT), with TLS where the address wants it. Node's own agents can do
 * the same, but tell neither how far it came nor who has signed a certificate that does not hold, and wait for ever for a
 * proxy that does not answer. An http: address is spoken to through the proxy itself: then the socket is the proxy's.
 * @throws ReachFailure
 */
export async function connect(target: URL, options: ConnectOptions): Promise<Connection> {
  const { context, signal, timeoutMs } = options
  const proxy = options.proxy === undefined ? undefined : new URL(options.proxy)
  const shown = options.proxy === undefined ? undefined : withoutCredentials(options.proxy).replace(/\/+$/u, '')
  let phase: Phase = proxy ? 'proxy' : 'host'
  let seen: ShownCertificate | undefined
  const open: net.Socket[] = []
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  stopped.catch(() => {})
  const abort = () => reject(new ReachFailure('ABORT_ERR', 'The request was cancelled', { phase, proxy: shown }))
  const timer = setTimeout(
    () =>
      reject(
        new ReachFailure('ETIMEDOUT', `No connection to ${target.host} within ${timeoutMs} ms`, {
          phase,
          proxy: shown,
        }),
      ),
    timeoutMs,
  )
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  const keep = <S extends net.Socket>(socket: S): S => {
    open.push(socket)
    return socket
  }
  const work = async (): Promise<Connection> => {
    let socket = proxy ? await dial(proxy, keep) : await dial(new URL(`http://${target.host}`), keep, portOf(target))
    if (proxy?.protocol === 'https:') socket = await secure(socket, proxy.hostname, context, keep, () => {})
    if (target.protocol !== 'https:') return { socket, certificate: undefined }
    if (proxy) {
      phase = 'tunnel'
      socket = await tunnel(socket, target, proxy, shown)
    }
    phase = 'tls'
    socket = await secure(socket, target.hostname, context, keep, (certificate) => (seen = certificate))
    return { socket, certificate: seen }
  }
  try {
    return await Promise.race([work(), stopped])
  } catch (error) {
    for (const socket of open) socket.destroy()
    if (error instanceof ReachFailure) throw error
    const { code = 'EIO', message } = error as NodeJS.ErrnoException
    throw new ReachFailure(code, message || code, { phase, certificate: seen, proxy: shown })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

type Keep = <S extends net.Socket>(socket: S) => S

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/gu, '')
}

function dial(url: URL, keep: Keep, port = portOf(url)): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = keep(net.connect({ host: bare(url.hostname), port, autoSelectFamily: true }))
    // Stays, so that a late failure of a connection that nobody wants any more is no uncaught one.
    socket.on('error', reject)
    socket.once('connect', () => resolve(socket))
  })
}

function tunnel(socket: net.Socket, target: URL, proxy: URL, shown: string | undefined): Promise<net.Socket> {
  const place = `${target.hostname}:${portOf(target)}`
  return new Promise((resolve, reject) => {
    const asking = http.request({
      method: 'CONNECT',
      path: place,
      headers: { host: place, 'user-agent': 'beep-python-host', ...proxyAuthorization(proxy) },
      createConnection: () => socket,
    })
    asking.on('error', reject)
    asking.once('connect', ({ statusCode: status = 0, statusMessage = '' }, opened: net.Socket, rest: Buffer) => {
      if (status >= 200 && status < 300) {
        if (rest.length > 0) opened.unshift(rest)
        return resolve(opened)
      }
      const text = `The proxy answered ${status} ${statusMessage}`.trimEnd()
      reject(new ReachFailure('ERR_PROXY_TUNNEL', text, { phase: 'tunnel', status, proxy: shown }))
    })
    asking.end()
  })
}

/** For a request that a proxy itself is to carry out, or to open a tunnel for. */
export function proxyAuthorization(proxy: URL): Record<string, string> {
  if (proxy.username === '' && proxy.password === '') return {}
  const text = `${decoded(proxy.username)}:${decoded(proxy.password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(text).toString('base64')}` }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The certificate is looked at as soon as it is there; whether it holds, Node decides right afterwards, and nothing was sent by then. */
function secure(
  socket: net.Socket,
  hostname: string,
  secureContext: tls.SecureContext,
  keep: Keep,
  onCertificate: (certificate: ShownCertificate) => void,
): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = bare(hostname)
    const secured = keep(
      tls.connect({
        socket,
        secureContext,
        host,
        // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
        rejectUnauthorized: true,
        ...(net.isIP(host) === 0 ? { servername: host } : {}),
        ALPNProtocols: ['http/1.1'],
      }),
    )
    secured.prependOnceListener('secure', () => {
      // A copy of its own: of the peer's certificate itself only one form can be had, and Node wants another one for its check.
      const { raw } = secured.getPeerCertificate()
      if (raw === undefined) return
      const { issuer, validFromDate, validToDate } = new X509Certificate(raw)
      onCertificate({
        issuer: shownName(issuer),
        validFrom: validFromDate.toISOString(),
        validTo: validToDate.toISOString(),
      })
    })
    secured.on('error', reject)
    secured.once('secureConnect', () => resolve(secured))
    secured.once('close', () => reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' })))
  })
}
