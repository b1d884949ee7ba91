import { lstat, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Layout } from '../../platform/index.ts'
import { namesIn, readJson, withLock } from '../../storage/index.ts'

/** Milliseconds that a deleted environment can be brought back. */
export const trashKeptMs = 24 * 3600 * 1000

/** An entry of the trash is a folder with these two in it: what it was, written first, and the environment as it was. */
const manifestName = 'trashed.json'
const contentName = 'environment'

const manifestSchema = z.object({
  version: z.literal(1),
  /** Of the environment, while it was there. */
  name: z.string(),
  removedAt: z.string(),
  expiresAt: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  /** Put here by a repair, for the time that it takes to make it anew: not deleted, and put back should that process die. */
  repair: z.object({ pid: z.number().int(), start: z.string().nullable() }).optional(),
})
export type TrashManifest = z.infer<typeof manifestSchema>

export interface TrashEntry {
  readonly id: string
  readonly place: string
  readonly content: string
  readonly manifestFile: string
  /** Undefined where it cannot be read. */
  readonly manifest: TrashManifest | undefined
  /**
   * `whole`: can be brought back. `remains`: of a move that was cut off before anything had moved, or of a deletion that was
   * cut off. `unreadable`: a manifest that we do not understand; of a newer version, perhaps.
   */
  readonly state: 'whole' | 'remains' | 'unreadable'
}

export function trashEntry(layout: Layout, id: string) {
  const place = path.join(layout.trash, id)
  return { id, place, content: path.join(place, contentName), manifestFile: path.join(place, manifestName) }
}

/** Everything in the trash, the newest first (an id begins with its time). Only under the lock is `remains` certain. */
export async function trashEntries(layout: Layout): Promise<readonly TrashEntry[]> {
  const ids = await namesIn(layout.trash)
  return Promise.all(
    ids
      .toSorted()
      .reverse()
      .map((id) => readEntry(layout, id)),
  )
}

async function readEntry(layout: Layout, id: string): Promise<TrashEntry> {
  const entry = trashEntry(layout, id)
  const [read, hasContent] = await Promise.all([
    readJson(entry.manifestFile, manifestSchema).catch(() => undefined),
    lstat(entry.content).then(
      () => true,
      () => false,
    ),
  ])
  const manifest = read?.state === 'ok' ? read.value : undefined
  if (!hasContent || read?.state === 'absent') return { ...entry, manifest, state: 'remains' }
  return { ...entry, manifest, state: manifest ? 'whole' : 'unreadable' }
}

/** The trash is changed by one program at a time. Held for a rename, never for a deletion, which takes its time. */
export function withTrashLock<T>(layout: Layout, work: () => Promise<T>): Promise<T> {
  return withLock(path.join(layout.locks, 'trash'), work)
}

/** The first step of a deletion: from now on it is not in the trash any more, whatever becomes of the second one. Under the lock. */
export function condemn(entry: TrashEntry): Promise<void> {
  return rm(entry.manifestFile, { force: true })
}

/** The second step. What resists lies there until the next sweep. */
export async function erase(entry: Pick<TrashEntry, 'place'>): Promise<void> {
  await rm(entry.place, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
}
