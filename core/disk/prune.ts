import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import type { CommandResult } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import type { Layout } from '../platform/index.ts'
import { folderSize, sweepStaging } from '../storage/index.ts'
import type { Rooms } from '../rooms.ts'
import { isPrunable } from './plan.ts'

interface Prunable {
  readonly name: string
  readonly place: string
  readonly bytes: number
}

/** The files of the cache that can go now. */
export async function prunable(layout: Layout, isOffline: boolean, now = Date.now()): Promise<readonly Prunable[]> {
  const names = await readdir(layout.cache).catch(() => [])
  const found = await Promise.all(
    names.map(async (name) => {
      const place = path.join(layout.cache, name)
      const facts = await stat(place).catch(() => undefined)
      if (!facts?.isFile()) return undefined
      const idleMs = now - Math.max(facts.mtimeMs, facts.atimeMs)
      return isPrunable({ name, idleMs }, isOffline) ? { name, place, bytes: facts.size } : undefined
    }),
  )
  return found.filter((one) => one !== undefined)
}

/** Deletes them, and what interrupted work has left behind. What somebody works with stays. */
export async function pruneCache(
  { layout, settings }: Pick<Rooms, 'layout' | 'settings'>,
  { signal, progress }: JobContext,
): Promise<CommandResult<'storage.prune'>> {
  progress({ fraction: null, title: 'Freeing space' })
  const staged = await folderSize(layout.staging)
  const removed = [...(await sweepStaging(layout))]
  let freedBytes = Math.max(0, staged - (await folderSize(layout.staging)))
  for (const { name, place, bytes } of await prunable(layout, (await settings.get()).offline)) {
    if (signal.aborted) throw new AppError('CANCELLED', 'Cancelled: freeing space')
    progress({ fraction: null, title: 'Freeing space', detail: name })
    const isGone = await rm(place, { force: true }).then(
      () => true,
      () => false,
    )
    if (!isGone) continue
    removed.push(name)
    freedBytes += bytes
  }
  return { freedBytes, removed }
}
