import { connect } from 'node:http2'
import type { IncomingHttpHeaders } from 'node:http2'

const path = '/beep.python.runtime.PythonService/Health'

/** Before each message: not compressed, and its length in four bytes. */
const prefixBytes = 5

/** The field `status` of a HealthResponse, as the front writes it, at the beginning of the message. */
const ok = Buffer.from([0x0a, 2, ...Buffer.from('ok')])

/** A health answer is some hundred bytes. */
const maxReplyBytes = 1024 * 1024

/**
 * Calls `Health` as any gRPC client would (docs/wire.md §9). In bare HTTP/2: the host has no gRPC, and one call with an empty
 * message is not worth having it.
 * @throws Error with what came instead of an answer.
 */
export function askRpcHealth(address: string, token: string | null, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const session = connect(`http://${address}`)
  const abort = () => session.destroy(new Error('cancelled'))
  signal.addEventListener('abort', abort, { once: true })
  session.on('error', reject)
  session.on('close', () => {
    signal.removeEventListener('abort', abort)
    reject(new Error('it closed the connection'))
  })
  const call = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  })
  // A refusal comes in the headers, a success in the trailers.
  let status: IncomingHttpHeaders = {}
  let reply: Buffer = Buffer.alloc(0)
  call.on('response', (headers) => (status = headers))
  call.on('trailers', (trailers) => (status = trailers))
  call.on('data', (chunk: Buffer) => {
    reply = Buffer.concat([reply, chunk])
    if (reply.length > maxReplyBytes) session.destroy(new Error('its answer has no end'))
  })
  call.on('error', reject)
  call.on('end', () => {
    const problem = problemOf(status, reply)
    if (problem === undefined) resolve()
    else reject(new Error(problem))
    session.destroy()
  })
  call.end(Buffer.alloc(prefixBytes))
  return promise
}

function problemOf(status: IncomingHttpHeaders, reply: Buffer): string | undefined {
  const code = status['grpc-status']
  if (code !== '0') return `Health gave gRPC status ${String(code ?? 'none')}: ${String(status['grpc-message'] ?? '')}`
  const message = reply.subarray(prefixBytes)
  return message.subarray(0, ok.length).equals(ok) ? undefined : `Health gave ${message.toString('hex').slice(0, 100)}`
}
