import { chmod, lstat, mkdir, statfs } from 'node:fs/promises'
import { AppError } from '../../contract/index.ts'
import { fileFailure } from './file-failure.ts'

/**
 * Makes a folder that only its owner may enter, or checks that it is one.
 * @throws PERMISSION_DENIED when it belongs to someone else, PATH_UNUSABLE when something else lies there.
 */
export async function privateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (process.platform === 'win32') return
    const facts = await lstat(folder)
    if (facts.isSymbolicLink()) return
    if (!facts.isDirectory()) throw new AppError('PATH_UNUSABLE', `${folder} is not a folder`)
    if (facts.uid !== process.getuid?.()) {
      throw new AppError('PERMISSION_DENIED', `The folder ${folder} belongs to another user`, {
        hint: 'Choose another data root with --home or BEEP_HOME.',
        details: { path: folder, uid: facts.uid },
      })
    }
    if ((facts.mode & 0o077) !== 0) await chmod(folder, 0o700)
  } catch (error) {
    throw error instanceof AppError ? error : fileFailure(error, `Could not make the folder ${folder}`, folder)
  }
}

/** Bytes that a folder's volume can still take. */
export async function freeBytes(folder: string): Promise<number> {
  const facts = await statfs(folder)
  return facts.bavail * facts.bsize
}

/** @throws DISK_FULL with both figures, before any work is begun. */
export async function requireFreeBytes(folder: string, needed: number, what: string): Promise<void> {
  const free = await freeBytes(folder)
  if (free >= needed) return
  throw diskFull(what, folder, needed, free)
}

export function diskFull(what: string, folder: string, needed: number, free: number): AppError {
  return new AppError('DISK_FULL', `${what} needs ${size(needed)}, and ${size(free)} is free where ${folder} lies`, {
    hint: 'Free some space, or choose a data root on another disk with --home or BEEP_HOME.',
    details: { path: folder, neededBytes: needed, freeBytes: free },
  })
}

/** 1 234 567 -> "1.2 MB". Decimal units, as file managers show them. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}
