import { chmod, lstat, mkdir, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { AppError, shownBytes } from '../../contract/index.ts'
import { fileFailure, hasErrno } from './file-failure.ts'

/**
 * Makes a folder that only its owner may enter, or checks that it is one.
 * @throws PERMISSION_DENIED when it belongs to someone else, PATH_UNUSABLE when something else lies there.
 */
export async function privateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (process.platform === 'win32') return
    // A link may lead to another disk. But in /tmp anybody may have laid it, so it must be ours, or the administrator's.
    const link = await lstat(folder)
    const facts = link.isSymbolicLink() ? await stat(folder) : link
    if (!facts.isDirectory()) throw new AppError('PATH_UNUSABLE', `${folder} is not a folder`)
    const us = process.getuid?.()
    const isLinkTrusted = !link.isSymbolicLink() || link.uid === us || link.uid === 0
    if (facts.uid !== us || !isLinkTrusted) {
      throw new AppError('PERMISSION_DENIED', `The folder ${folder} belongs to another user`, {
        hint: 'Choose another data root with --home or BEEP_HOME.',
        details: { path: folder, uid: isLinkTrusted ? facts.uid : link.uid },
      })
    }
    if ((facts.mode & 0o077) !== 0) await chmod(folder, 0o700)
  } catch (error) {
    throw error instanceof AppError ? error : fileFailure(error, `Could not make the folder ${folder}`, folder)
  }
}

/** Bytes that the volume can still take on which a folder lies, or will lie once it is made. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const facts = await statfs(folder)
    return facts.bavail * facts.bsize
  } catch (error) {
    const parent = path.dirname(folder)
    if (hasErrno(error, 'ENOENT') && parent !== folder) return await freeBytes(parent)
    throw fileFailure(error, `Could not tell the free space of ${folder}`, folder)
  }
}

/** @throws DISK_FULL with both figures, before any work is begun. */
export async function requireFreeBytes(folder: string, needed: number, what: string): Promise<void> {
  const free = await freeBytes(folder)
  if (free >= needed) return
  throw diskFull(what, folder, needed, free)
}

export function diskFull(what: string, folder: string, needed: number, free: number): AppError {
  return new AppError(
    'DISK_FULL',
    `${what} needs ${shownBytes(needed)}, and ${shownBytes(free)} is free where ${folder} lies`,
    {
      hint: 'Free some space, or choose a data root on another disk with --home or BEEP_HOME.',
      details: { path: folder, neededBytes: needed, freeBytes: free },
    },
  )
}
