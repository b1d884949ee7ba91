import { request } from 'node:http'
import { z } from 'zod'
import { AppError } from '../../contract/index.ts'
import type { Endpoint } from '../../contract/index.ts'
import { poolLink } from './pool/pool-link.ts'
import { askRpcHealth } from './rpc-health.ts'

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
    else if (endpoint.transport === 'rpc') await askRpcHealth(endpoint.address, endpoint.token, signal)
    else await ping(endpoint, signal)
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

/** `ping` in frames, as any client of the pipe would. */
async function ping(address: Parameters<typeof poolLink>[0], signal: AbortSignal): Promise<void> {
  const link = poolLink(address)
  try {
    const pong = await link.ask('ping', {}, signal)
    if (!pongSchema.safeParse(pong).success) throw new Error(`ping gave ${JSON.stringify(pong).slice(0, 200)}`)
  } finally {
    link.close()
  }
}

function isPong(text: string): boolean {
  try {
    return pongSchema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
