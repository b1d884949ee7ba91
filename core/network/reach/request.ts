import http from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect, proxyAuthorization } from './connect.ts'
import type { ConnectOptions } from './connect.ts'
import { ReachFailure } from './failure.ts'
import type { ShownCertificate } from './failure.ts'

export interface RequestOptions extends ConnectOptions {
  readonly method: 'GET' | 'HEAD'
  readonly headers: Readonly<Record<string, string>>
}

export interface Answer {
  readonly incoming: IncomingMessage
  readonly certificate: ShownCertificate | undefined
  /** Lets go of the connection; safe to call again. */
  readonly close: () => void
}

/**
 * One request on a connection of its own; redirects are the caller's business. There is no limit on the time until the head of
 * the answer comes: the caller watches the silence.
 * @throws ReachFailure
 */
export async function request(target: URL, options: RequestOptions): Promise<Answer> {
  const { socket, certificate } = await connect(target, options)
  const { method, headers, signal } = options
  // An http: address is asked of the proxy by its whole name.
  const carrier = target.protocol === 'http:' && options.proxy !== undefined ? new URL(options.proxy) : undefined
  const signIn = target.username || target.password ? basic(target) : {}
  return new Promise((resolve, reject) => {
    const outgoing = http.request({
      method,
      host: target.hostname,
      path: carrier ? `http://${target.host}${target.pathname}${target.search}` : `${target.pathname}${target.search}`,
      headers: { host: target.host, ...signIn, ...headers, ...(carrier ? proxyAuthorization(carrier) : {}) },
      signal,
      createConnection: () => socket,
    })
    outgoing.once('response', (incoming) => {
      const close = () => {
        incoming.destroy()
        socket.destroy()
      }
      resolve({ incoming, certificate, close })
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      socket.destroy()
      reject(new ReachFailure(error.code ?? 'EIO', error.message, { phase: 'answer', certificate }))
    })
    outgoing.end()
  })
}

function basic(url: URL): Record<string, string> {
  const { 'proxy-authorization': authorization = '' } = proxyAuthorization(url)
  return { authorization }
}
