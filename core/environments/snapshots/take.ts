import { constants, copyFile, link, mkdir, symlink, utimes } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import type { PackageSnapshot } from '../../../contract/index.ts'
import { fileFailure, hasErrno, privateFolder } from '../../storage/index.ts'
import type { Manifest } from '../manifest.ts'
import { readPackages } from '../metadata/installed.ts'
import type { Room } from '../room.ts'
import { inBatches, sitePackages } from '../site-packages.ts'
import { clearDrafts, draftPlace, finishDraft, snapshotId, snapshotsFolder } from './entries.ts'
import type { SnapshotEntry } from './entries.ts'
import { howToKeep } from './plan.ts'
import type { Seen } from './plan.ts'
import { scanPackages } from './scan.ts'

/** Why a snapshot is taken. */
export interface Occasion {
  readonly reason: PackageSnapshot['reason']
  readonly about: readonly string[]
  readonly note?: string | undefined
}

/**
 * Keeps the packages of an environment as they are. Files that are replaced whole when they change get a second name, which takes
 * no time and no space; the others are copied. The caller holds the environment's lock.
 * @throws DISK_FULL and the like; CANCELLED. Then nothing is kept, and nothing is left.
 */
export async function takeSnapshot(
  room: Room,
  root: string,
  manifest: Manifest,
  occasion: Occasion,
  signal: AbortSignal,
): Promise<SnapshotEntry> {
  await clearDrafts(root)
  await privateFolder(path.join(root, snapshotsFolder))
  const now = Date.now()
  const id = snapshotId(now)
  const { content } = draftPlace(root, id)
  try {
    const { files, folders, recorded } = await scanPackages(root, room.platform)
    await makeFolders(content, ['', ...folders, ...parentsOf(files.keys(), folders)])
    const copied: string[] = []
    let vanished = 0
    await inBatches([...files], async ([file, seen]) => {
      if (signal.aborted) throw new AppError('CANCELLED', `Cancelled: keeping the packages of ${manifest.name}`)
      const facts = { isRecorded: recorded.has(file), mtimeMs: seen.mtimeMs, now }
      const how = howToKeep(file.split('/'), facts, room.platform)
      const kept = await keep(path.join(root, file), path.join(content, file), seen, how).catch((error: unknown) => {
        // A server that runs on it writes byte code as it imports: what is on its way into place has another name a moment later.
        if (hasErrno(error, 'ENOENT')) return 'vanished' as const
        throw error
      })
      if (kept === 'vanished') vanished += 1
      if (kept === 'copied') copied.push(file)
    })
    return await finishDraft(root, id, {
      version: 1,
      takenAt: new Date(now).toISOString(),
      reason: occasion.reason,
      about: [...occasion.about],
      note: occasion.note ?? null,
      packages: [...(await readPackages(await sitePackages(root, room.platform)))],
      manifest,
      files: files.size - vanished,
      copied: copied.toSorted(),
      ownBytes: 0,
    })
  } catch (error) {
    await clearDrafts(root)
    throw error instanceof AppError ? error : fileFailure(error, `Could not keep the packages of ${root}`, root)
  }
}

/** Folders that files lie in without having been listed: those of packages outside of the usual places. */
export function parentsOf(files: Iterable<string>, known: readonly string[]): string[] {
  const there = new Set(known)
  const missing = new Set<string>()
  for (const file of files) {
    const folder = path.posix.dirname(file)
    if (folder !== '.' && !there.has(folder)) missing.add(folder)
  }
  return [...missing]
}

/** Each after the one that it lies in. */
export async function makeFolders(root: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) await mkdir(path.join(root, folder), { recursive: true, mode: 0o755 })
}

/** Gives a file a second name, or a copy with its time. Some disks know no second name, and some no more than a thousand of them. */
export async function keep(
  from: string,
  to: string,
  seen: Seen,
  how: 'link' | 'copy',
): Promise<'linked' | 'copied' | 'pointer'> {
  if (seen.kind === 'link') {
    await symlink(seen.target ?? '', to)
    return 'pointer'
  }
  if (how === 'link') {
    try {
      await link(from, to)
      return 'linked'
    } catch (error) {
      if (!hasErrno(error, 'EPERM', 'EMLINK', 'ENOTSUP', 'EXDEV', 'ENOSYS', 'EINVAL', 'UNKNOWN', 'EOPNOTSUPP'))
        throw error
    }
  }
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  const time = new Date(seen.mtimeMs)
  await utimes(to, time, time)
  return 'copied'
}
