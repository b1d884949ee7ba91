import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../contract/index.ts'
import type { Io } from './io.ts'

export interface SaveOptions {
  /** What the file is called where the user named a folder; absent: they have to name a file. */
  readonly nameInFolder?: string
  /** For the owner alone. */
  readonly isPrivate?: boolean
}

/** Writes a file where the user wants it, seen from where they are. @returns its full path. @throws PATH_UNUSABLE */
export async function saveFile(
  io: Io,
  place: string,
  data: string | Uint8Array,
  options: SaveOptions = {},
): Promise<string> {
  const named = path.resolve(io.cwd, place)
  const isFolder = options.nameInFolder !== undefined && (await stat(named).catch(() => undefined))?.isDirectory()
  const file = isFolder ? path.join(named, options.nameInFolder!) : named
  await writeFile(file, data, options.isPrivate ? { mode: 0o600 } : {}).catch((error: unknown) => {
    throw new AppError('PATH_UNUSABLE', `Could not write ${file}: ${(error as Error).message}`, {
      details: { path: file },
    })
  })
  return file
}
