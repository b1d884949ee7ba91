import { eventSchemas, isAppError } from '../contract/index.ts'
import type { LogLine, Server } from '../contract/index.ts'
import { isHostGone } from './connect.ts'
import { call } from './door.ts'
import type { Door, DoorEvent, Listening } from './door.ts'

export interface FollowOptions {
  readonly name: string
  /** Only log lines with a higher number. */
  readonly after: number
  readonly signal: AbortSignal
  readonly onLines: (lines: readonly LogLine[]) => void
  /** True ends the following. */
  readonly onState?: (server: Server) => boolean
}

/** Why the following ended. */
export type FollowEnd = 'aborted' | 'state' | 'removed' | 'host gone'

/** Milliseconds between two looks once the event stream is gone but the host still answers. */
const pollEveryMs = 500
const mostLines = 10_000

/**
 * Follows the log and the state of a server until it is told to stop. Events say when to look, their lines are taken as they
 * come where they fit on to what is known, and fetched by number where one is missing: nothing twice, nothing left out.
 */
export async function followServer(door: Door, options: FollowOptions): Promise<FollowEnd> {
  const { name, signal, onLines, onState } = options
  let last = options.after
  let pending: LogLine[] = []
  let changed: Server | undefined
  let removed = false
  let isListening = true
  let wake = () => {}
  let listening: Listening | undefined
  const stir = () => wake()
  const hear = ({ name: event, payload }: DoorEvent) => {
    if (event === 'log.appended') {
      const { data } = eventSchemas['log.appended'].safeParse(payload)
      if (data?.server === name) pending.push(...data.lines)
    } else if (event === 'server.changed') {
      const { data } = eventSchemas['server.changed'].safeParse(payload)
      if (data?.server.name === name) changed = data.server
    } else if (event === 'server.removed') {
      removed ||= eventSchemas['server.removed'].safeParse(payload).data?.name === name
    } else return
    wake()
  }
  const show = (lines: readonly LogLine[]) => {
    const fresh = lines.filter(({ seq }) => seq > last)
    if (fresh.length === 0) return
    last = fresh.at(-1)!.seq
    onLines(fresh)
  }
  const fetchLines = async () => show(await call(door, 'servers.logs', { name, after: last, lines: mostLines }))
  signal.addEventListener('abort', stir)
  try {
    listening = await door.listen(hear)
    void listening.ended.then(() => {
      isListening = false
      stir()
    })
    await fetchLines()
    changed ??= await call(door, 'servers.get', { name })
    for (;;) {
      const lines = pending
      pending = []
      if (lines.length > 0 && lines[0]!.seq > last + 1) await fetchLines()
      show(lines)
      const state = changed
      changed = undefined
      if (state && onState?.(state)) {
        await fetchLines()
        return 'state'
      }
      if (removed) return 'removed'
      if (signal.aborted) return 'aborted'
      if (pending.length > 0 || changed !== undefined) continue
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>((resolve) => {
        wake = resolve
        if (!isListening) timer = setTimeout(resolve, pollEveryMs)
      })
      clearTimeout(timer)
      if (isListening || signal.aborted) continue
      await fetchLines()
      changed = await call(door, 'servers.get', { name })
    }
  } catch (error) {
    if (isHostGone(error)) return 'host gone'
    if (isAppError(error, 'NOT_FOUND')) return 'removed'
    throw error
  } finally {
    signal.removeEventListener('abort', stir)
    listening?.stop()
  }
}
