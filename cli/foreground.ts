import { exitCodes, isAppError, isDown } from '../contract/index.ts'
import type { AppError } from '../contract/index.ts'
import { openHost } from './connect.ts'
import type { Place } from './place.ts'
import { call } from './door.ts'
import type { Door } from './door.ts'
import type { OwnHost } from './headless.ts'
import { connectHost } from './host-door.ts'
import type { Interrupt } from './interrupt.ts'

/** Where a server in the foreground runs: in a host that was there, or in one that this process has become. */
export type Ground = { readonly door: Door; readonly own: OwnHost | undefined }

/** The running host, else this process as the host. */
export async function openGround(place: Place, signal: AbortSignal): Promise<Ground> {
  const door = await connectHost(place.home)
  if (door) return { door, own: undefined }
  const { becomeHost } = await import('./headless.ts')
  try {
    const own = await becomeHost({ ...place, untilIdle: false })
    return { door: { ...own.door, close: own.close }, own }
  } catch (error) {
    if (!isAppError(error, 'ALREADY_RUNNING')) throw error
    // Another process became the host in between; it is about to answer.
    return { door: await openHost(place, signal), own: undefined }
  }
}

/** The exit code of a verb that stays until it is asked to end: Ctrl+C is an interruption, `kill` is a plain request. */
export function endedBy(interrupt: Interrupt): number {
  const reason: unknown = interrupt.signal.reason
  if (interrupt.signal.aborted && !isAppError(reason, 'CANCELLED')) throw reason as AppError
  return interrupt.received() === 'SIGINT' ? exitCodes.interrupted : exitCodes.done
}

/** Settles when every server is down for good, or the signal is aborted. Tells once who is still there. */
export async function untilNoneLives(
  door: Door,
  signal: AbortSignal,
  tell: (names: readonly string[]) => void,
): Promise<void> {
  let wake = () => {}
  const listening = await door.listen(() => wake())
  const stir = () => wake()
  signal.addEventListener('abort', stir)
  try {
    for (let told = false; !signal.aborted; told = true) {
      const changed = new Promise<void>((resolve) => (wake = resolve))
      const servers = await call(door, 'servers.list', {})
      const live = servers.filter((server) => !isDown(server))
      if (live.length === 0) return
      if (!told) tell(live.map(({ name }) => name))
      if (!signal.aborted) await changed
    }
  } finally {
    signal.removeEventListener('abort', stir)
    listening.stop()
  }
}
