import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../contract/index.ts'
import type { Io } from './io.ts'

/** Everything that comes on stdin, as text. */
export async function readAll(io: Io): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

/** The text of a file, or of stdin for a dash. @throws NOT_FOUND, FILE_UNREADABLE */
export async function textOfFile(io: Io, file: string): Promise<string> {
  if (file === '-') return readAll(io)
  const place = path.resolve(io.cwd, file)
  return readFile(place, 'utf8').catch((error: unknown) => {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const what = isAbsent ? `There is no file ${place}` : `Could not read ${place}: ${(error as Error).message}`
    throw new AppError(isAbsent ? 'NOT_FOUND' : 'FILE_UNREADABLE', what, { details: { path: place } })
  })
}
