import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { fileFailure, hasErrno, patientRename, privateFolder, stagingPath, withLock } from '../../storage/index.ts'
import type { Room } from '../room.ts'
import { ownUvHome } from './own.ts'

/** Does work on our uv while no other process does any, waiting for others where people can see it. @throws LOCKED, CANCELLED */
export function withUvLock<T>(
  { layout }: Pick<Room, 'layout'>,
  context: JobContext,
  work: () => Promise<T>,
): Promise<T> {
  const title = 'Waiting for another program that works on uv'
  return withLock(path.join(layout.locks, 'tool-uv'), work, {
    signal: context.signal,
    onWait: () => context.progress({ fraction: null, title }),
  })
}

/** Every folder of a version, finished or not. */
export async function uvFolders({ layout }: Pick<Room, 'layout'>): Promise<string[]> {
  const home = ownUvHome(layout)
  return (await readdir(home).catch((): string[] => [])).map((name) => path.join(home, name))
}

/**
 * Takes a folder away with one rename, its bytes afterwards; what cannot be deleted at once goes at the next start.
 * @throws IN_USE on Windows while that uv runs
 */
export async function dropUv({ layout, platform }: Pick<Room, 'layout' | 'platform'>, root: string): Promise<void> {
  await privateFolder(layout.staging)
  const away = await stagingPath(layout, 'removed-uv')
  try {
    await patientRename(root, away)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return
    if (platform !== 'win32' || !hasErrno(error, 'EPERM', 'EACCES', 'EBUSY'))
      throw fileFailure(error, `Could not move ${root} away`, root)
    throw new AppError('IN_USE', `uv in ${root} is at work`, {
      hint: 'Wait until the installations that run have ended, and try again.',
      details: { path: root, errno: (error as NodeJS.ErrnoException).code },
      cause: error,
    })
  }
  await rm(away, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
}
