import { mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../../contract/index.ts'
import { shippedScript } from '../../shipped.ts'
import { diskFull, fileFailure } from '../../storage/index.ts'
import type { ExtractInput, ExtractMessage } from './extract-worker.ts'

export interface Extracted {
  readonly fileCount: number
  readonly bytes: number
  /** Characters of the longest path inside. */
  readonly longestPath: number
  /** Of the very bytes that were unpacked. */
  readonly sha256: string
}

export interface ExtractOptions {
  readonly signal: AbortSignal
  /** Bytes of the archive read so far. */
  readonly onProgress: (bytesRead: number) => void
  readonly freeBytes: (folder: string) => Promise<number>
}

/**
 * Unpacks a standalone Python into a new folder, without the archive's own top folder. On failure or cancel the folder is gone again.
 * @throws ARCHIVE_INVALID, DISK_FULL with both figures, PERMISSION_DENIED, CANCELLED
 */
export async function extractArchive(file: string, root: string, options: ExtractOptions): Promise<Extracted> {
  try {
    await mkdir(root, { recursive: true, mode: 0o755 })
    return await inThread({ file, root, platform: process.platform }, options)
  } catch (error) {
    await rm(root, { recursive: true, force: true, maxRetries: 3 })
    const failure = error instanceof ExtractFailure ? error : undefined
    if (!failure) throw error instanceof AppError ? error : fileFailure(error, `Could not unpack ${file}`, root)
    throw await asAppError(failure, file, root, options)
  }
}

class ExtractFailure extends Error {
  readonly errno: string
  readonly isDisk: boolean

  constructor({ message, errno, cause }: Extract<ExtractMessage, { kind: 'failed' }>) {
    super(message)
    this.errno = errno
    this.isDisk = cause === 'disk'
  }
}

function inThread(input: ExtractInput, { signal, onProgress }: ExtractOptions): Promise<Extracted> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled())
    const worker = new Worker(shippedScript('core/runtimes/archive/extract-worker.ts'), {
      workerData: input,
      execArgv: [],
    })
    let answer: (() => void) | undefined
    const cancel = () => {
      answer = () => reject(cancelled())
      void worker.terminate()
    }
    signal.addEventListener('abort', cancel, { once: true })
    worker.on('message', (message: ExtractMessage) => {
      if (message.kind === 'progress') onProgress(message.bytesRead)
      else if (message.kind === 'done') answer ??= () => resolve(message)
      else answer ??= () => reject(new ExtractFailure(message))
    })
    worker.on('error', (error) => (answer ??= () => reject(error)))
    // Only when the thread has ended is nobody writing any more.
    worker.on('exit', () => {
      signal.removeEventListener('abort', cancel)
      if (answer) answer()
      else reject(new Error('the unpacking thread ended without an answer'))
    })
  })
}

function cancelled(): AppError {
  return new AppError('CANCELLED', 'Unpacking was cancelled; nothing is left of it')
}

async function asAppError(
  failure: ExtractFailure,
  file: string,
  root: string,
  { freeBytes }: ExtractOptions,
): Promise<AppError> {
  if (failure.errno === 'ENOSPC' || failure.errno === 'EDQUOT')
    return diskFull(
      'Unpacking Python',
      path.dirname(root),
      await unpackedBytes(file),
      await freeBytes(path.dirname(root)),
    )
  if (failure.isDisk)
    return fileFailure(
      Object.assign(new Error(failure.message), { code: failure.errno }),
      'Could not unpack Python',
      root,
    )
  return new AppError(
    'ARCHIVE_INVALID',
    `${path.basename(file)} cannot be unpacked: ${failure.message}. Nothing was installed.`,
    {
      hint: 'It is damaged, or no archive of a standalone Python (`…-install_only_stripped.tar.gz`). Download it again.',
      details: { path: file, errno: failure.errno },
    },
  )
}

/** Bytes of the unpacked archive, from the last four bytes of a gzip file (RFC 1952 §2.3.1: the size modulo 4 GiB). */
export async function unpackedBytes(file: string): Promise<number> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4))
    return buffer.readUInt32LE(0)
  } finally {
    await handle.close()
  }
}
