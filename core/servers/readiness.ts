import { request } from 'node:http'
import { connect } from 'node:net'
import { z } from 'zod'
import { AppError } from '../../contract/index.ts'
import type { Endpoint } from '../../contract/index.ts'
import { encodeRequest, readReply } from './frames.ts'

const pongSchema = z.object({ status: z.literal('ok') })

/** A health answer is some hundred bytes. */
const maxReplyBytes = 1024 * 1024

/**
 * Asks a server the question that any client could ask, through the same door. One try: it has said that it is ready.
 * @throws SERVER_FAILED with what came instead of an answer; the signal's reason.
 */
export async function askOnce(server: string, endpoint: Endpoint, signal: AbortSignal): Promise<void> {
  try {
    if (endpoint.transport === 'http') await askHealth(endpoint.url, endpoint.token, signal)
    else if (endpoint.transport === 'pipe') await ping(endpoint.path, endpoint.token, signal)
  } catch (error) {
    if (signal.aborted) throw signal.reason
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('SERVER_FAILED', `Server ${server} says that it is ready and does not answer: ${reason}`, {
      hint: `See \`beep-host logs ${server}\`.`,
      cause: error,
    })
  }
}

/** `GET /health` on a connection of its own: an agent from elsewhere might go through a proxy. */
function askHealth(url: string, token: string | null, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const headers = token === null ? {} : { authorization: `Bearer ${token}` }
  const asked = request(new URL('/health', url), { agent: false, headers, signal }, (response) => {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      text += chunk
      if (text.length > maxReplyBytes) response.destroy(new Error('its answer has no end'))
    })
    response.on('error', reject)
    response.on('end', () => {
      if (response.statusCode === 200 && isPong(text)) resolve()
      else reject(new Error(`GET /health gave ${response.statusCode}: ${text.slice(0, 200)}`))
    })
  })
  asked.on('error', reject)
  asked.end()
  return promise
}

/** `ping` in frames; where the pipe has a token, after a `hello`. */
function ping(path: string, token: string | undefined, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect(path)
  let received: Buffer = Buffer.alloc(0)
  const abort = () => socket.destroy(new Error('cancelled'))
  signal.addEventListener('abort', abort, { once: true })
  socket.on('connect', () => {
    if (token !== undefined) socket.write(encodeRequest(1, 'hello', { token }))
    socket.write(encodeRequest(2, 'ping'))
  })
  socket.on('data', (chunk: Buffer) => {
    try {
      received = Buffer.concat([received, chunk])
      if (received.length > maxReplyBytes) throw new Error('its answer has no end')
      for (let reply = readReply(received); reply !== undefined; reply = readReply(received)) {
        received = received.subarray(reply.bytes)
        if ('error' in reply.header) throw new Error(`it refused: ${JSON.stringify(reply.header)}`)
        if (reply.header['id'] !== 2) continue
        pongSchema.parse(reply.header)
        resolve()
        socket.destroy()
        return
      }
    } catch (error) {
      socket.destroy(error as Error)
    }
  })
  socket.on('error', reject)
  socket.on('close', () => {
    signal.removeEventListener('abort', abort)
    reject(new Error('it closed the connection'))
  })
  return promise
}

function isPong(text: string): boolean {
  try {
    return pongSchema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
