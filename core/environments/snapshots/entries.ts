import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { packageSchema, snapshotReasons } from '../../../contract/index.ts'
import { patientRename, readJson, writeJson } from '../../storage/index.ts'
import { manifestSchema } from '../manifest.ts'

/** Lies in an environment's folder, so that it goes into the trash with it, and comes back. */
export const snapshotsFolder = '.beep-snapshots'

/** An entry is a folder with these two in it: the files, and what they are. It gets its name when both are whole. */
const manifestName = 'snapshot.json'
const contentName = 'files'

const snapshotSchema = z.object({
  version: z.literal(1),
  takenAt: z.string(),
  reason: z.enum(snapshotReasons),
  about: z.array(z.string()),
  note: z.string().nullable(),
  packages: z.array(packageSchema),
  /** Of the environment, as it was then. */
  manifest: manifestSchema,
  /** Files and links in it: fewer than that, and somebody has been at it. */
  files: z.number().int().nonnegative(),
  /** Those that are copies, by their paths in the environment with `/`. All others share their content with it. */
  copied: z.array(z.string()),
  /** Bytes that only it holds; known once the change is over that it was taken before. */
  ownBytes: z.number().int().nonnegative().default(0),
})
export type SnapshotManifest = z.infer<typeof snapshotSchema>

export interface SnapshotEntry {
  readonly id: string
  readonly place: string
  readonly content: string
  readonly manifest: SnapshotManifest
}

export function snapshotPlace(root: string, id: string) {
  const place = path.join(root, snapshotsFolder, id)
  return { id, place, content: path.join(place, contentName) }
}

/** Where a snapshot is put together; no entry, whatever becomes of who does it. */
export function draftPlace(root: string, id: string) {
  return snapshotPlace(root, `.${id}`)
}

/** Makes an entry of a draft. */
export async function finishDraft(root: string, id: string, manifest: SnapshotManifest): Promise<SnapshotEntry> {
  const draft = draftPlace(root, id)
  await writeJson(path.join(draft.place, manifestName), manifest)
  const entry = snapshotPlace(root, id)
  await patientRename(draft.place, entry.place)
  return { ...entry, manifest }
}

export async function rewriteManifest(entry: SnapshotEntry, change: Partial<SnapshotManifest>): Promise<SnapshotEntry> {
  const manifest = { ...entry.manifest, ...change }
  await writeJson(path.join(entry.place, manifestName), manifest)
  return { ...entry, manifest }
}

/** Everything that can be gone back to, the newest first (an id begins with its time). One that cannot be read is none. */
export async function snapshotEntries(root: string): Promise<readonly SnapshotEntry[]> {
  const ids = await readdir(path.join(root, snapshotsFolder)).catch(() => [])
  const found = await Promise.all(
    ids
      .filter((id) => !id.startsWith('.'))
      .toSorted()
      .reverse()
      .map((id) => readEntry(root, id)),
  )
  return found.filter((entry) => entry !== undefined)
}

/** @param id one of ours: never what a user has typed */
export async function readEntry(root: string, id: string): Promise<SnapshotEntry | undefined> {
  const entry = snapshotPlace(root, id)
  const read = await readJson(path.join(entry.place, manifestName), snapshotSchema).catch(() => undefined)
  return read?.state === 'ok' ? { ...entry, manifest: read.value } : undefined
}

/** First out of sight, then for good: what is cut off in between is a draft, which the next change clears away. */
export async function eraseSnapshot(root: string, id: string): Promise<void> {
  const draft = draftPlace(root, id)
  await patientRename(snapshotPlace(root, id).place, draft.place).catch(() => {})
  await rm(draft.place, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
}

/** What is half-made or half-deleted. The caller holds the environment's lock, so that nobody is at it. */
export async function clearDrafts(root: string): Promise<void> {
  const folder = path.join(root, snapshotsFolder)
  for (const name of await readdir(folder).catch(() => []))
    if (name.startsWith('.')) await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => {})
}

/** To an environment that takes the place of another one; where there are none, that is all right. */
export async function moveSnapshots(from: string, to: string): Promise<void> {
  await patientRename(path.join(from, snapshotsFolder), path.join(to, snapshotsFolder)).catch(() => {})
}

/** Sorts by time, to the millisecond; the rest tells two of one millisecond apart. */
export function snapshotId(now: number): string {
  const time = new Date(now)
    .toISOString()
    .replaceAll(/[-:.Z]/gu, '')
    .replace('T', '-')
  return `${time}-${randomBytes(2).toString('hex')}`
}
