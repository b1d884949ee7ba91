import type { JobContext } from '../../jobs/index.ts'
import { entries, findFolder } from '../folders.ts'
import type { Entry } from '../folders.ts'
import { ifUnlocked, withEnvironmentLock } from '../lock.ts'
import { isBusy, readMarker } from '../marker.ts'
import type { Room } from '../room.ts'
import { recover } from './take-back.ts'

/** For the start of a host, and now and then afterwards: nothing that somebody works on. What fails waits for the next time. */
export async function recoverAll(room: Room): Promise<readonly string[]> {
  const recovered: string[] = []
  for (const folder of await entries(room.layout)) {
    if (!folder.isFolder || !(await isLeft(folder))) continue
    const isDone = await ifUnlocked(room.layout, folder.name, () => recover(room, folder)).catch(() => false)
    if (isDone) recovered.push(folder.name)
  }
  return recovered
}

/** For who is about to use an environment, and finds it broken. */
export async function recoverNamed(room: Room, name: string, context: JobContext): Promise<void> {
  const folder = await findFolder(room.layout, name)
  if (!folder || !(await isLeft(folder))) return
  await withEnvironmentLock(room.layout, name, context, () => recover(room, folder))
}

async function isLeft({ root }: Entry): Promise<boolean> {
  const marker = await readMarker(root)
  if (marker === undefined || marker === 'unreadable' || marker.snapshot === undefined) return false
  return !(await isBusy(marker))
}
