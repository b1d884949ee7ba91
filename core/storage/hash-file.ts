import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import { fileFailure } from './file-failure.ts'

/** Bytes and sha256 of a file. @throws CANCELLED, PERMISSION_DENIED and the like */
export async function hashFile(
  file: string,
  signal: AbortSignal,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(file, { signal, highWaterMark: 1024 * 1024 })) {
      hash.update(chunk as Buffer)
      bytes += (chunk as Buffer).length
    }
  } catch (error) {
    if (signal.aborted) throw new AppError('CANCELLED', `Checking ${path.basename(file)} was cancelled`)
    throw fileFailure(error, `Could not read ${file}`, file)
  }
  return { sha256: hash.digest('hex'), bytes }
}
