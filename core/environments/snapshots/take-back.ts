import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError, toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { temporaryOwner } from '../../storage/index.ts'
import type { Entry } from '../folders.ts'
import { writeManifest } from '../manifest.ts'
import { noteProblem, readMarker, removeMarker, stopOrphan } from '../marker.ts'
import type { Marker } from '../marker.ts'
import type { Room } from '../room.ts'
import { eraseSnapshot, readEntry } from './entries.ts'
import type { SnapshotEntry } from './entries.ts'
import { restoreSnapshot } from './restore.ts'

/**
 * A change has failed: everything is put back as it was before it, which no cancelling stops.
 * @returns the error to throw, which says so; or which says that it could not be done, and the marker stays
 */
export async function takeBack(
  room: Room,
  folder: Entry,
  marker: Marker,
  entry: SnapshotEntry,
  failure: unknown,
  context: JobContext,
): Promise<AppError> {
  const info = toErrorInfo(failure)
  const before = `Environment ${folder.name} is as it was before.`
  try {
    context.progress({ fraction: null, title: `Putting ${folder.name} back as it was` })
    await restoreSnapshot(room, folder.root, entry)
    await removeMarker(folder.root)
    await eraseSnapshot(folder.root, entry.id)
    return withMore(info, before, { isRolledBack: true }, failure)
  } catch (error) {
    const { message } = toErrorInfo(error)
    const problem = cutOff(folder.name, marker.requirements)
    // Where not even that can be written, the first failure must be heard of all the same.
    await noteProblem(folder.root, marker, { ...problem, details: { ...problem.details, restoring: message } }).catch(
      () => {},
    )
    return withMore(
      info,
      `It could not be put back yet: ${message}. ${problem.hint ?? ''}`,
      { isRolledBack: false },
      failure,
    )
  }
}

/**
 * Puts an environment back as it was before a change that a killed program has left half done. The caller holds its lock, so that
 * whoever made the change is at it no more. @returns whether there was such a change
 */
export async function recover(room: Room, folder: Entry): Promise<boolean> {
  const marker = await readMarker(folder.root)
  if (marker === undefined || marker === 'unreadable' || marker.snapshot === undefined) return false
  const entry = await readEntry(folder.root, marker.snapshot)
  if (!entry) return false
  await stopOrphan(marker)
  await restoreSnapshot(room, folder.root, entry)
  await writeManifest(folder.root, entry.manifest.manifest)
  await removeMarker(folder.root)
  await eraseSnapshot(folder.root, entry.id)
  await clearTemporaries(folder.root)
  return true
}

/** What is said of an environment with such a change in it. */
export function cutOff(name: string, requirements: readonly string[]): ErrorInfo {
  return {
    code: 'PACKAGES_FAILED',
    message: `A change of packages in environment ${name} was cut off`,
    hint: `The next start of the host puts it back as it was, and so does \`beep-host venv repair ${name}\`.`,
    details: { requirements, incomplete: [] },
  }
}

/** A manifest or a marker on its way into place. Under the lock nobody is writing one. */
async function clearTemporaries(root: string): Promise<void> {
  for (const name of await readdir(root).catch(() => []))
    if (temporaryOwner(name) !== undefined) await rm(path.join(root, name), { force: true }).catch(() => {})
}

function withMore(
  { code, message, hint, details }: ErrorInfo,
  more: string,
  facts: Readonly<Record<string, unknown>>,
  cause: unknown,
): AppError {
  return new AppError(code, message, {
    hint: hint === undefined ? more : `${hint} ${more}`,
    details: { ...details, ...facts },
    cause,
  })
}
