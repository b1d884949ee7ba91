import { z } from 'zod'
import { AppError, errorInfoSchema, fromErrorInfo } from '../contract/index.ts'
import type { AppEvent, CommandReply } from '../contract/index.ts'
import type { Bridge, BridgeState } from './bridge-shape.ts'

/** The part of a WebSocket that is used here. */
export type SocketLike = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>

export interface SocketBridgeOptions {
  readonly connect: () => SocketLike
  /** Milliseconds until a call without a reply fails. */
  readonly replyDeadlineMs?: number
  /** Calls back after so many milliseconds; replaced in tests. */
  readonly later?: (run: () => void, ms: number) => unknown
}

const messageSchema = z.union([
  z.object({ events: z.array(z.object({ revision: z.number(), name: z.string(), payload: z.unknown() })) }),
  z.object({ id: z.number().nullable(), error: errorInfoSchema }),
  z.object({ id: z.number(), ok: z.unknown() }),
])

/** Milliseconds: at once after a blink, and no more than every ten seconds while the host is away. */
export function backOffMs(failures: number): number {
  return Math.min(10_000, 250 * 2 ** Math.min(failures, 10))
}

interface Pending {
  readonly name: string
  readonly resolve: (value: unknown) => void
  readonly reject: (error: AppError) => void
}

/** Speaks the browser door's socket: `{id, command, params}` out, `{id, ok}`, `{id, error}` and `{events}` in. Connects again by itself. */
export function socketBridge(options: SocketBridgeOptions): Bridge {
  const { connect, replyDeadlineMs = 60_000, later = setTimeout } = options
  const eventListeners = new Set<(events: readonly AppEvent[]) => void>()
  const stateListeners = new Set<(state: BridgeState) => void>()
  const pending = new Map<number, Pending>()
  let state: BridgeState = 'connecting'
  let socket: SocketLike | undefined
  let nextId = 1
  let failures = 0

  const become = (next: BridgeState) => {
    if (next === state) return
    state = next
    for (const listener of Array.from(stateListeners)) listener(next)
  }
  const settle = (id: number, end: (call: Pending) => void) => {
    const call = pending.get(id)
    pending.delete(id)
    if (call) end(call)
  }
  const open = () => {
    const mine = connect()
    mine.addEventListener('open', () => {
      socket = mine
      failures = 0
      become('open')
    })
    mine.addEventListener('message', ({ data }) => receive(String(data)))
    mine.addEventListener('close', () => {
      socket = undefined
      for (const id of Array.from(pending.keys())) settle(id, ({ name, reject }) => reject(unreachable(name)))
      become('lost')
      later(open, backOffMs(failures))
      failures += 1
    })
  }
  const receive = (text: string) => {
    const message = messageSchema.safeParse(parsed(text)).data
    if (message === undefined) return
    if ('events' in message) {
      for (const listener of Array.from(eventListeners)) listener(message.events as readonly AppEvent[])
    } else if ('error' in message) {
      const { id, error } = message
      if (id !== null) settle(id, ({ reject }) => reject(fromErrorInfo(error)))
    } else settle(message.id, ({ resolve }) => resolve(message.ok))
  }

  open()
  return {
    invoke: (name, params) =>
      new Promise((resolve, reject) => {
        if (socket === undefined) return reject(unreachable(name))
        const id = nextId
        nextId += 1
        pending.set(id, { name, resolve: (value) => resolve(value as CommandReply<typeof name>), reject })
        later(
          () => settle(id, (call) => call.reject(new AppError('TIMEOUT', `The host did not answer ${name}`))),
          replyDeadlineMs,
        )
        socket.send(JSON.stringify({ id, command: name, params }))
      }),
    onEvents: (listener) => {
      eventListeners.add(listener)
      return () => eventListeners.delete(listener)
    },
    onState: (listener) => {
      stateListeners.add(listener)
      listener(state)
      return () => stateListeners.delete(listener)
    },
  }
}

function unreachable(name: string): AppError {
  return new AppError('HOST_UNREACHABLE', `The host went away before it answered ${name}`, {
    hint: 'The window connects again by itself as soon as the host is back.',
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
