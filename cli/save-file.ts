import { randomBytes } from 'node:crypto'
import { lstat, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../contract/index.ts'
import type { Io } from './io.ts'

export interface SaveOptions {
  /** What the file is called where the user named a folder; absent: they have to name a file. */
  readonly nameInFolder?: string
  /** For the owner alone, also where others could read what was there before. */
  readonly isPrivate?: boolean
}

type Data = string | Uint8Array

/** Writes a file where the user wants it, seen from where they are. @returns its full path. @throws PATH_UNUSABLE */
export async function saveFile(io: Io, place: string, data: Data, options: SaveOptions = {}): Promise<string> {
  const named = path.resolve(io.cwd, place)
  const isFolder = options.nameInFolder !== undefined && (await stat(named).catch(() => undefined))?.isDirectory()
  const file = isFolder ? path.join(named, options.nameInFolder!) : named
  try {
    await replace(file, data, options.isPrivate ?? false)
  } catch (error) {
    throw new AppError('PATH_UNUSABLE', `Could not write ${file}: ${(error as Error).message}`, {
      details: { path: file },
    })
  }
  return file
}

/** A file is replaced whole: what was there stays until all is written. Links and devices (/dev/stdout) are written through. */
async function replace(file: string, data: Data, isPrivate: boolean): Promise<void> {
  const before = await lstat(file).catch(() => undefined)
  if (before && !before.isFile()) return writeThrough(file, data, isPrivate)
  const mode = isPrivate ? 0o600 : before && before.mode & 0o777
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(4).toString('hex')}.tmp`)
  try {
    await writeNew(beside, data, mode)
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    // Of a file in a folder that is not the user's, or one that Windows holds: it can be written, and not be replaced.
    const { code = '' } = error as NodeJS.ErrnoException
    if (before && ['EACCES', 'EPERM', 'EBUSY', 'EROFS'].includes(code)) return writeThrough(file, data, isPrivate)
    throw error
  }
}

/** @param mode absent: what the user's own rule (umask) says */
async function writeNew(file: string, data: Data, mode: number | undefined): Promise<void> {
  const handle = await open(file, 'wx', mode ?? 0o666)
  try {
    if (mode !== undefined) await handle.chmod(mode)
    await handle.writeFile(data)
  } finally {
    await handle.close()
  }
}

async function writeThrough(file: string, data: Data, isPrivate: boolean): Promise<void> {
  const handle = await open(file, 'w', isPrivate ? 0o600 : 0o666)
  try {
    if (isPrivate && (await handle.stat()).isFile()) await handle.chmod(0o600)
    await handle.writeFile(data)
  } finally {
    await handle.close()
  }
}
