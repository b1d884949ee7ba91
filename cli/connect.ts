import { isAppError } from '../contract/index.ts'
import type { Door } from './door.ts'
import { connectHost } from './host-door.ts'
import type { Place } from './place.ts'
import { wakeHost } from './wake.ts'

/** The running host if there is one, else core in this process. The host is never passed by. */
export async function openDoor(place: Place, readOnly: boolean): Promise<Door> {
  const host = await connectHost(place.home)
  if (host) return host
  const { openHere } = await import('./headless.ts')
  return openHere({ ...place, readOnly })
}

/** The running host; where none runs, one that ends by itself when it has nothing left to do. */
export async function openHost(place: Place, signal: AbortSignal): Promise<Door> {
  return (await connectHost(place.home)) ?? (await wakeHost(place, signal))
}

/** True for a failure that says: the host has gone away. */
export function isHostGone(thrown: unknown): boolean {
  return isAppError(thrown, 'HOST_UNREACHABLE')
}
