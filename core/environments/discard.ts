import { rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import { fileFailure, folderSize, hasErrno, patientRename, privateFolder, stagingPath } from '../storage/index.ts'
import { manifestName } from './manifest.ts'
import { placeMarker } from './marker.ts'

/**
 * Moves an environment's folder out of sight in one step; what is interrupted after that is swept with the staging folder.
 * @returns its place, or undefined where there was nothing to move.
 * @throws IN_USE on Windows while a program holds files in it.
 */
export async function setAside(layout: Layout, root: string, platform: NodeJS.Platform): Promise<string | undefined> {
  await privateFolder(layout.staging)
  const aside = await stagingPath(layout, 'environment')
  try {
    await patientRename(root, aside)
    return aside
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw moveFailure(error, root, platform)
  }
}

/** Windows refuses to rename a folder in which a program runs or holds a file open. */
export function moveFailure(error: unknown, root: string, platform: NodeJS.Platform): AppError {
  if (platform === 'win32' && hasErrno(error, 'EPERM', 'EACCES', 'EBUSY')) {
    const errno = (error as NodeJS.ErrnoException).code
    return new AppError('IN_USE', `A program is using files in ${root}: ${errno}`, {
      hint: 'Close the programs that run its Python or have files of it open, and try again.',
      details: { path: root, errno },
      cause: error,
    })
  }
  return fileFailure(error, `Could not move ${root} away`, root)
}

/** Deletes a folder of ours. @returns the bytes that are free again. */
export async function discard(layout: Layout, root: string, platform: NodeJS.Platform): Promise<number> {
  const before = await folderSize(root)
  let place: string | undefined
  try {
    place = await setAside(layout, root, platform)
  } catch (error) {
    // `environments` may be a link to another disk, where staging is no rename away. A marker and no manifest then say the same.
    if (!hasErrno((error as AppError).cause, 'EXDEV')) throw error
    await placeMarker(root, 'create', [])
    await rm(path.join(root, manifestName), { force: true })
    place = root
  }
  if (place === undefined) return 0
  const left = await rm(place, { recursive: true, force: true, maxRetries: 3 }).then(
    () => 0,
    // Out of sight it is; the sweep at the next start tries again.
    () => folderSize(place),
  )
  return Math.max(0, before - left)
}
