import type { Room } from '../room.ts'
import { readPackages } from '../metadata/installed.ts'
import { sitePackages } from '../site-packages.ts'
import { eraseSnapshot, rewriteManifest, snapshotEntries } from './entries.ts'
import type { SnapshotEntry } from './entries.ts'
import { differenceOf, isSame, surplus } from './plan.ts'
import { scanPackages, scanTree } from './scan.ts'

/**
 * The change is over that a snapshot was taken before: what it holds is counted, and those that are too many go. One of a change
 * that has changed nothing goes at once. Never throws: the change has been made, and a snapshot too many harms nobody.
 * @returns the snapshot, where it stays
 */
export async function settleSnapshot(
  room: Room,
  root: string,
  entry: SnapshotEntry,
  requirements: readonly string[],
): Promise<SnapshotEntry | undefined> {
  try {
    const ownBytes = await bytesOnlyIn(room, root, entry)
    const packages = await readPackages(await sitePackages(root, room.platform))
    const hasNewWishes = listed(entry.manifest.manifest.requirements) !== listed(requirements)
    if (ownBytes === 0 && !hasNewWishes && differenceOf(entry.manifest.packages, packages).length === 0) {
      await eraseSnapshot(root, entry.id)
      return undefined
    }
    const settled = await rewriteManifest(entry, { ownBytes })
    return (await prune(room, root)).includes(entry.id) ? undefined : settled
  } catch {
    return entry
  }
}

/** Deletes the snapshots that are more than the settings allow. @returns their ids */
export async function prune(room: Room, root: string): Promise<readonly string[]> {
  const { snapshotsKept, snapshotBytes } = await room.settings.get()
  const entries = (await snapshotEntries(root)).map(({ id, manifest }) => ({ id, ownBytes: manifest.ownBytes }))
  const going = surplus(entries, { count: snapshotsKept, bytes: snapshotBytes })
  for (const id of going) await eraseSnapshot(root, id)
  return going
}

function listed(requirements: readonly string[]): string {
  return requirements.toSorted().join('\n')
}

/** What would be free without a snapshot: files that are in the environment no more, or in another form. */
async function bytesOnlyIn(room: Room, root: string, entry: SnapshotEntry): Promise<number> {
  const [kept, live] = await Promise.all([scanTree(entry.content, ['']), scanPackages(root, room.platform)])
  let bytes = 0
  for (const [file, seen] of kept.files) if (!isSame(seen, live.files.get(file))) bytes += seen.bytes
  return bytes
}
