import { isSameProcess } from '../../platform/index.ts'
import { findClash } from '../folders.ts'
import { folderState, removeLeftover } from '../leftovers.ts'
import { ifUnlocked } from '../lock.ts'
import type { Room } from '../room.ts'
import { condemn, erase, trashEntries, withTrashLock } from './entries.ts'
import type { TrashEntry, TrashManifest } from './entries.ts'
import { putBack, settle } from './move.ts'

/** Milliseconds between two looks for what has expired. */
const lookEveryMs = 10 * 60_000

/** Puts the trash in order after programs that were killed: ends what they began to delete, puts back what they were repairing. */
export async function sweepTrash(room: Room): Promise<void> {
  const found = await trashEntries(room.layout)
  for (const { id, manifest } of found) if (manifest?.repair) await recover(room, id, manifest)
  if (!found.some((entry) => entry.state === 'remains')) return
  const remains = await withTrashLock(room.layout, async () =>
    (await trashEntries(room.layout)).filter((entry) => entry.state === 'remains'),
  )
  for (const entry of remains) await erase(entry)
}

/** An environment whose repair was cut off: the half-made new one goes, the old one comes back. */
async function recover(room: Room, id: string, { name, repair }: TrashManifest): Promise<void> {
  if (!repair || (await isSameProcess(repair.pid, repair.start))) return
  await ifUnlocked(room.layout, name, async () => {
    const clash = await findClash(room.layout, name)
    const isFree = !clash || (clash.isFolder && (await folderState(clash.root)) === 'unfinished')
    if (clash && isFree) await removeLeftover(room, clash.root)
    await withTrashLock(room.layout, async () => {
      const entry = (await trashEntries(room.layout)).find((one) => one.id === id)
      if (entry?.state !== 'whole' || !entry.manifest) return
      if (isFree) await putBack(room, { ...entry, manifest: entry.manifest })
      else await settle(entry)
    })
  })
}

/** Deletes for good what has expired. @returns the names. */
export async function expireTrash(room: Room, now = Date.now()): Promise<readonly string[]> {
  const isExpired = ({ state, manifest }: TrashEntry) =>
    state === 'whole' && manifest !== undefined && !manifest.repair && Date.parse(manifest.expiresAt) <= now
  // Looked at without the lock first: mostly nothing has.
  if (!(await trashEntries(room.layout)).some(isExpired)) return []
  const expired = await withTrashLock(room.layout, async () => {
    const found = (await trashEntries(room.layout)).filter(isExpired)
    for (const entry of found) await condemn(entry)
    return found
  })
  for (const entry of expired) await erase(entry)
  return expired.map((entry) => entry.manifest?.name ?? entry.id)
}

export interface TrashWatch {
  readonly onExpired: (names: readonly string[]) => void
  readonly onTrouble: (thrown: unknown) => void
  readonly everyMs?: number
}

/** Deletes what expires, now and as long as a host runs. @returns a function that ends it. */
export function watchTrash(room: Room, watch: TrashWatch): () => void {
  let isLooking = false
  const look = async () => {
    if (isLooking) return
    isLooking = true
    try {
      const names = await expireTrash(room)
      if (names.length > 0) watch.onExpired(names)
    } catch (error) {
      watch.onTrouble(error)
    } finally {
      isLooking = false
    }
  }
  void look()
  const timer = setInterval(() => void look(), watch.everyMs ?? lookEveryMs).unref()
  return () => clearInterval(timer)
}
