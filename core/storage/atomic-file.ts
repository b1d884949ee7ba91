import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileFailure, hasErrno } from './file-failure.ts'

/** Windows: a security program may hold a fresh file for a moment. Doubling waits, about 10 s in all (uv's schedule). */
const renameWaitsMs = [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120]

/** A rename that does not give up at once where something is holding the file. */
export async function patientRename(from: string, to: string): Promise<void> {
  for (const wait of renameWaitsMs) {
    try {
      return await rename(from, to)
    } catch (error) {
      if (process.platform !== 'win32' || !hasErrno(error, 'EPERM', 'EACCES', 'EBUSY')) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
  await rename(from, to)
}

/** Makes a rename in a folder survive a power cut. Windows has no such call, and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * What a file must survive. One that tells of running processes has nothing to say after a power cut, when it may be found
 * empty: then nobody need wait for the disk.
 */
export type Survives = 'power-cut' | 'our-end'

/** What is to replace a file, written beside it. One of the two must follow. */
export interface StagedFile {
  readonly put: () => Promise<void>
  readonly drop: () => Promise<void>
}

/** Replaces a file whole: readers see the old text or the new one, never a part. Mode 0600 unless told otherwise. */
export async function writeFileAtomic(file: string, text: string | Uint8Array, mode = 0o600): Promise<void> {
  await (await stageFile(file, text, mode)).put()
}

/** The first part of `writeFileAtomic`, which takes nearly all of its time. */
export async function stageFile(
  file: string,
  text: string | Uint8Array,
  mode = 0o600,
  survives: Survives = 'power-cut',
): Promise<StagedFile> {
  const temporary = path.join(path.dirname(file), temporaryName(path.basename(file)))
  const drop = () => rm(temporary, { force: true }).catch(() => {})
  const failed = async (error: unknown) => {
    await drop()
    return fileFailure(error, `Could not write ${file}`, file)
  }
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      await handle.writeFile(text)
      if (survives === 'power-cut') await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw await failed(error)
  }
  const put = async () => {
    try {
      await patientRename(temporary, file)
    } catch (error) {
      throw await failed(error)
    }
  }
  return { put, drop }
}

function temporaryName(name: string): string {
  return `.${name}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`
}

/** The pid of who was writing, if this is the name of a file that writeFileAtomic has not renamed yet. */
export function temporaryOwner(name: string): number | undefined {
  const pid = /^\..+\.(\d+)\.[\da-f]{8}\.tmp$/u.exec(name)?.[1]
  return pid === undefined ? undefined : Number(pid)
}
