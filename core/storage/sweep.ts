import { lstat, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pidExists } from '../platform/index.ts'
import type { Layout } from '../platform/index.ts'
import { temporaryOwner } from './atomic-file.ts'
import { lockDraftPrefix } from './file-lock.ts'
import { namesIn } from './names-in.ts'
import { newOwner, ownerInName, ownerState, ownerTag } from './owner-tag.ts'

const dayMs = 24 * 3600 * 1000
/** Partial downloads are worth keeping for a while: the next try goes on where they stop. */
const partialDaysKept = 14
/** Work of an owner on another machine, whose life we cannot check, is left alone for so long. */
const elsewhereDaysKept = 7
/** An hour: what is not renamed by then never will be. */
const temporaryDaysKept = 1 / 24

/**
 * A fresh name in the staging folder, which tells who works there: a later start deletes what belongs to nobody alive.
 * The folder itself is not made.
 */
export async function stagingPath(layout: Layout, what: string): Promise<string> {
  return path.join(layout.staging, `${what}~${ownerTag(await newOwner())}`)
}

/**
 * Deletes what interrupted work left behind, for the next start. Nothing here was ever listed as installed, so nothing is lost.
 * What cannot be deleted now waits for the start after.
 * @returns the names that are gone from the staging folder.
 */
export async function sweepStaging(layout: Layout): Promise<readonly string[]> {
  const swept: string[] = []
  for (const entry of await namesIn(layout.staging)) {
    const place = path.join(layout.staging, entry)
    if (!(await belongsToNobody(entry, place))) continue
    if (await removed(place)) swept.push(entry)
  }
  await sweepPartials(layout.cache)
  for (const folder of [layout.home, layout.servers, layout.endpoints, layout.run]) await sweepTemporaries(folder)
  for (const entry of await namesIn(layout.locks)) {
    const place = path.join(layout.locks, entry)
    if (entry.startsWith(lockDraftPrefix) && (await belongsToNobody(entry, place))) await removed(place)
  }
  return swept
}

async function belongsToNobody(name: string, place: string): Promise<boolean> {
  const owner = ownerInName(name)
  if (owner === undefined) return true
  const state = await ownerState(owner)
  return state === 'dead' || (state === 'elsewhere' && (await isOlder(place, elsewhereDaysKept)))
}

async function sweepPartials(cache: string): Promise<void> {
  for (const entry of await namesIn(cache)) {
    const place = path.join(cache, entry)
    if (/\.part(\.json)?$/u.test(entry) && (await isOlder(place, partialDaysKept))) await removed(place)
  }
}

/** What writeFileAtomic had no time to rename. */
async function sweepTemporaries(folder: string): Promise<void> {
  for (const entry of await namesIn(folder)) {
    const pid = temporaryOwner(entry)
    const place = path.join(folder, entry)
    // The pid may be one of another machine, or container, where the writer is just about to rename.
    if (pid !== undefined && !pidExists(pid) && (await isOlder(place, temporaryDaysKept))) await removed(place)
  }
}

async function isOlder(place: string, days: number): Promise<boolean> {
  const facts = await stat(place).catch(() => undefined)
  return facts !== undefined && Date.now() - facts.mtimeMs > days * dayMs
}

async function removed(place: string): Promise<boolean> {
  await rm(place, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
  return (await lstat(place).catch(() => undefined)) === undefined
}
