import { request } from 'node:http'
import type { Agent, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { onAbort } from '../abort.ts'
import { ConnectionError } from '../errors.ts'

export interface HttpRequest {
  readonly agent: Agent
  /** Either host and port, or the path of a socket. */
  readonly host?: string
  readonly port?: number
  readonly socketPath?: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly headers: OutgoingHttpHeaders
  readonly body?: string | Uint8Array
}

export interface HttpReply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  /** Memory of its own, from its start on: numbers in it can be viewed in place. */
  readonly body: Uint8Array
}

// Larger announcements are not believed in advance; such a body is collected as it comes.
const preallocatedBytes = 1024 * 1024 * 1024

/**
 * Sends one request and waits for the head of the answer. Aborting the signal destroys the request, also while the body
 * is read, and rejects with the reason.
 * @throws ConnectionError
 */
export function openExchange(
  options: HttpRequest,
  connectTimeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw signal.reason
    const { body, ...rest } = options
    const sent = request(rest)
    const release =
      signal &&
      onAbort(signal, (reason) => {
        reject(reason)
        sent.destroy()
      })
    sent.on('close', () => release?.())
    sent.on('socket', (socket) => limitConnecting(socket, connectTimeoutMs))
    sent.on('error', (error) => reject(connectionError(options, error)))
    sent.on('response', resolve)
    sent.end(body)
  })
}

/** One request and its whole answer, whatever its status. */
export async function exchange(
  options: HttpRequest,
  connectTimeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<HttpReply> {
  const response = await openExchange(options, connectTimeoutMs, signal)
  try {
    return { status: response.statusCode ?? 0, headers: response.headers, body: await collect(response) }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    throw connectionError(options, error)
  }
}

/** Puts a body of known length where it belongs as it arrives; one of unknown length is joined at the end. */
export function collect(response: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const length = Number(response.headers['content-length'] ?? NaN)
    let whole = length >= 0 && length <= preallocatedBytes ? Buffer.allocUnsafeSlow(length) : undefined
    const chunks: Buffer[] = []
    let filled = 0
    response.on('data', (chunk: Buffer) => {
      if (whole === undefined) chunks.push(chunk)
      else chunk.copy(whole, filled)
      filled += chunk.length
    })
    response.on('error', reject)
    response.on('end', () => {
      if (whole === undefined) {
        whole = Buffer.allocUnsafeSlow(filled)
        let at = 0
        for (const chunk of chunks) at += chunk.copy(whole, at)
      }
      resolve(new Uint8Array(whole.buffer))
    })
  })
}

function limitConnecting(socket: Socket, timeoutMs: number): void {
  if (!socket.connecting) return
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error(`no connection within ${timeoutMs} ms`), { code: 'ETIMEDOUT' }))
  }, timeoutMs)
  const over = (): void => clearTimeout(timer)
  socket.once('connect', over)
  socket.once('close', over)
}

type Address = Pick<HttpRequest, 'host' | 'port' | 'socketPath' | 'path'>

const neverReached = ['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EACCES']

export function connectionError(options: Address, error: unknown): ConnectionError {
  const address = options.socketPath ?? `http://${options.host ?? ''}:${options.port ?? ''}`
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const details = { address, path: options.path, systemCode: code }
  if (neverReached.includes(code)) {
    return new ConnectionError('CONNECTION_FAILED', `No server answers at ${address} (${code}).`, {
      hint: 'Start the server, or check the address.',
      details,
      cause: error,
    })
  }
  return new ConnectionError('CONNECTION_LOST', `The connection to ${address} was lost in a call (${code}).`, {
    hint: 'The call may or may not have been done. The next call connects again.',
    details,
    cause: error,
  })
}
