import { readdir } from 'node:fs/promises'
import type { Layout } from '../platform/index.ts'
import { hasErrno } from '../storage/index.ts'
import { discard } from './discard.ts'
import { entries } from './folders.ts'
import { ifUnlocked } from './lock.ts'
import { readManifest } from './manifest.ts'
import { isBusy, markerName, readMarker, stopOrphan } from './marker.ts'
import type { Room } from './room.ts'

/** A folder in `environments/` without a manifest. */
export interface Leftover {
  readonly name: string
  readonly root: string
  /** `unfinished`: ours, its maker was killed. `busy`: ours, being made right now. `foreign`: not ours, never deleted. */
  readonly state: 'unfinished' | 'busy' | 'foreign'
}

/** What a folder is: `made` with a manifest (readable or not); else ours by its marker, or for being empty; else someone else's. */
export async function folderState(root: string): Promise<'made' | Leftover['state']> {
  const isMade = await readManifest(root).then(
    (read) => read.state !== 'absent',
    () => true,
  )
  if (isMade) return 'made'
  const marker = await readMarker(root)
  if (marker === 'unreadable') return 'unfinished'
  if (marker) return (await isBusy(marker)) ? 'busy' : 'unfinished'
  // The first moments of a creation, before its marker is in place; and nobody loses anything by an empty folder's removal.
  try {
    return (await readdir(root)).every(isHalfWritten) ? 'unfinished' : 'foreign'
  } catch (error) {
    // Deleted meanwhile: nothing is in the way. What we may not look into is not ours.
    return hasErrno(error, 'ENOENT') ? 'unfinished' : 'foreign'
  }
}

/** Our own file on its way into place (storage/atomic-file.ts), whose writer was killed. */
function isHalfWritten(file: string): boolean {
  return file.startsWith(`.${markerName}.`) && file.endsWith('.tmp')
}

export async function leftovers(layout: Layout): Promise<readonly Leftover[]> {
  const found: Leftover[] = []
  for (const { name, root, isFolder } of await entries(layout)) {
    if (!isFolder) continue
    const state = await folderState(root)
    if (state !== 'made') found.push({ name, root, state })
  }
  return found
}

/** Deletes what a killed creation left, an installer that outlived it included. */
export async function removeLeftover(room: Room, root: string): Promise<number> {
  await stopOrphan(await readMarker(root))
  return discard(room.layout, root, room.platform)
}

export async function sweep(room: Room): Promise<readonly string[]> {
  const swept: string[] = []
  for (const { name, root, state } of await leftovers(room.layout)) {
    if (state !== 'unfinished') continue
    await ifUnlocked(room.layout, name, async () => {
      // Looked at again under the lock: a creation may have finished, or begun, since.
      if ((await folderState(root)) !== 'unfinished') return
      await removeLeftover(room, root)
      swept.push(name)
    })
  }
  return swept
}
