import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { StorageKind, StorageUsage } from '../../contract/index.ts'
import { snapshotsFolder } from '../environments/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { createTally, freeBytes } from '../storage/index.ts'
import type { Rooms } from '../rooms.ts'
import { prunable } from './prune.ts'

/**
 * What takes up how much of the disk. A file with several names counts once, for the first that it is met under: so a snapshot counts
 * with what only snapshots hold. Files that uv shares with its own cache count here in full.
 */
export async function diskUsage(
  { layout, settings }: Pick<Rooms, 'layout' | 'settings'>,
  { signal, progress }: JobContext,
): Promise<StorageUsage> {
  const tally = createTally(signal)
  const parts: { kind: StorageKind; path: string; bytes: number }[] = []
  const count = async (kind: StorageKind, place: string, work: () => Promise<number>) => {
    progress({ fraction: null, title: 'Measuring the data root', detail: path.basename(place) })
    parts.push({ kind, path: place, bytes: await work() })
  }
  const { environments, trash } = layout
  await count('runtimes', layout.runtimes, () => tally(layout.runtimes))
  await count('environments', environments, () => tally(environments, [snapshotsFolder, path.basename(trash)]))
  await count('snapshots', environments, () => tally(environments, [path.basename(trash)]))
  await count('trash', trash, () => tally(trash))
  await count('wheels', layout.wheels, () => tally(layout.wheels))
  await count('tools', layout.tools, () => tally(layout.tools))
  await count('cache', layout.cache, () => tally(layout.cache))
  await count('staging', layout.staging, () => tally(layout.staging))
  await count('logs', layout.logs, () => tally(layout.logs))
  const known = new Set(parts.map(({ path: place }) => path.basename(place)))
  const others = (await readdir(layout.home)).filter((name) => !known.has(name))
  await count('other', layout.home, async () => {
    let bytes = 0
    for (const name of others) bytes += await tally(path.join(layout.home, name))
    return bytes
  })
  const { offline } = await settings.get()
  return {
    parts,
    totalBytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    freeBytes: await freeBytes(layout.home),
    prunableBytes: (await prunable(layout, offline)).reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
