import { rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import { patientRename } from '../../storage/index.ts'
import { moveFailure } from '../discard.ts'
import type { Room } from '../room.ts'
import { inBatches } from '../site-packages.ts'
import type { SnapshotEntry } from './entries.ts'
import { isSame } from './plan.ts'
import type { Seen } from './plan.ts'
import { scanPackages, scanTree } from './scan.ts'
import { keep, makeFolders } from './take.ts'

/** What is on its way into its place; gone with the next attempt, should this one be cut off. */
const temporary = '.beep-restoring~'

/** Names of files that an answer carries. */
const mostAltered = 20

/**
 * Makes the packages of an environment what a snapshot holds, file by file: what is as it was is not touched. Safe to repeat, and
 * to be repeated after it was cut off. The caller holds the environment's lock, and has a marker in place.
 * @returns files that were written into since the snapshot was taken, and cannot be had as they were
 * @throws FILE_UNREADABLE where the snapshot is not whole any more; then nothing has been changed
 */
export async function restoreSnapshot(room: Room, root: string, entry: SnapshotEntry): Promise<readonly string[]> {
  const { content, manifest } = entry
  const kept = await scanTree(content, [''])
  if (kept.files.size < manifest.files) {
    throw new AppError('FILE_UNREADABLE', `Files of the snapshot ${entry.id} are gone: ${entry.place}`, {
      hint: 'It cannot be brought back. Choose another one, or repair the environment.',
      details: { snapshot: entry.id, files: manifest.files, there: kept.files.size },
    })
  }
  const live = await scanPackages(root, room.platform)
  try {
    const extra = [...live.files.keys()].filter((file) => !kept.files.has(file))
    await inBatches(extra, (file) => rm(path.join(root, file), { force: true }))
    await removeFolders(root, live.folders, new Set(kept.folders), kept.files)
    await makeFolders(root, kept.folders)
    const copied = new Set(manifest.copied)
    await inBatches([...kept.files], async ([file, seen]) => {
      if (isSame(seen, live.files.get(file))) return
      await putBack(path.join(content, file), path.join(root, file), seen, copied.has(file) ? 'copy' : 'link')
    })
    return alteredSince(kept.files, copied, Date.parse(manifest.takenAt))
  } catch (error) {
    throw error instanceof AppError ? error : moveFailure(error, root, room.platform)
  }
}

/** Shared files with a later time than their snapshot: nobody but who writes into a file makes it so. */
function alteredSince(files: ReadonlyMap<string, Seen>, copied: ReadonlySet<string>, takenAt: number): string[] {
  const found = [...files].filter(([file, { kind, mtimeMs }]) => {
    return kind === 'file' && mtimeMs > takenAt && !copied.has(file)
  })
  return found.slice(0, mostAltered).map(([file]) => file)
}

async function putBack(from: string, to: string, seen: Seen, how: 'link' | 'copy'): Promise<void> {
  const draft = path.join(path.dirname(to), temporary + path.basename(to))
  await rm(draft, { force: true })
  await keep(from, draft, seen, how)
  await patientRename(draft, to)
}

/** Folders that were not there, the deepest first, and whatever else has the name of a file that is to come back. */
async function removeFolders(
  root: string,
  live: readonly string[],
  kept: ReadonlySet<string>,
  files: ReadonlyMap<string, Seen>,
): Promise<void> {
  for (const folder of live.toReversed()) {
    if (kept.has(folder)) continue
    if (files.has(folder)) await rm(path.join(root, folder), { recursive: true, force: true })
    // One with something in it that no package has brought stays.
    else await rmdir(path.join(root, folder)).catch(() => {})
  }
}
