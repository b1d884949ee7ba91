import type { WebSocket } from 'ws'
import { z } from 'zod'
import { AppError, toErrorInfo } from '../../contract/index.ts'
import type { AppEvent } from '../../contract/index.ts'
import type { Dispatch } from '../dispatch.ts'
import type { EventHub } from '../events/index.ts'

/** What a page sends. `id` is its own; the reply carries it. */
const requestSchema = z.object({ id: z.number().int(), command: z.string(), params: z.unknown().optional() }).strict()

/** A page this far behind is cut off; it connects again and takes a snapshot. */
const maxBacklogBytes = 16 * 1024 * 1024
/** Milliseconds over which events are gathered into one message: a screen shows no more often. */
const batchMs = 50
/** A page that does not answer a ping within this many milliseconds is gone (a lid was closed, a tab frozen). */
const heartbeatMs = 30_000

/**
 * Serves one page: commands in, replies and events out.
 * `{id, command, params}` → `{id, ok}` or `{id, error}`; events come as `{events: […]}` in batches, in order.
 */
export function servePage(socket: WebSocket, dispatch: Dispatch, events: EventHub, log: (text: string) => void): void {
  const send = (message: object) => {
    if (socket.bufferedAmount > maxBacklogBytes) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }

  let batch: AppEvent[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    timer = undefined
    send({ events: batch })
    batch = []
  }
  const unsubscribe = events.subscribe((event) => {
    batch.push(event)
    timer ??= setTimeout(flush, batchMs)
  })

  let isAlive = true
  const heartbeat = setInterval(() => {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }, heartbeatMs).unref()

  socket.on('pong', () => (isAlive = true))
  socket.on('error', (error) => log(`browser door: ${error.message}`))
  socket.on('close', () => {
    clearInterval(heartbeat)
    clearTimeout(timer)
    unsubscribe()
  })
  socket.on('message', (data, isBinary) => {
    const request = isBinary ? undefined : parse(String(data))
    if (!request) {
      log('browser door: a message that is no request was refused')
      return send({
        id: null,
        error: toErrorInfo(new AppError('BAD_REQUEST', 'A message is {id, command, params} as JSON text')),
      })
    }
    void dispatch(request.command, request.params ?? {}).then((reply) => {
      if ('error' in reply && ['UNKNOWN_COMMAND', 'INVALID_PARAMS'].includes(reply.error.code))
        log(`browser door: refused: ${reply.error.message}`)
      send({ id: request.id, ...reply })
    })
  })
}

function parse(text: string): z.output<typeof requestSchema> | undefined {
  try {
    return requestSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
