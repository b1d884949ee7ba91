import { createHash } from 'node:crypto'
import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { Parser } from 'tar'
import type { ReadEntry } from 'tar'
import type { BundleFile, BundleManifest } from '../../contract/index.ts'
import { BadBundle, expectedFiles, fileOf, longestManifest, manifestName, parseManifest, shown } from './entries.ts'

export interface ReadOptions {
  readonly signal: AbortSignal
  readonly onProgress: (bytesRead: number) => void
  /** Told before any other file is looked at; may throw. */
  readonly onManifest: (manifest: BundleManifest) => void
}

export interface ReadBundle {
  readonly manifest: BundleManifest
  /** Of the whole file. */
  readonly sha256: string
}

/** A part is not what the manifest says. */
export class WrongHash extends Error {
  override readonly name = 'WrongHash'
  readonly file: BundleFile
  readonly actual: string

  constructor(file: BundleFile, actual: string) {
    super(`${shown(file.path)} in the bundle is not the file that its manifest names`)
    this.file = file
    this.actual = actual
  }
}

/**
 * Unpacks a bundle into an empty folder, and lets nothing in that its manifest does not name, byte for byte.
 * @throws BadBundle, WrongHash, what `onManifest` throws, errors of the system
 */
export async function readBundle(file: string, folder: string, options: ReadOptions): Promise<ReadBundle> {
  const whole = createHash('sha256')
  let failure: unknown
  let manifest: BundleManifest | undefined
  let expected = new Map<string, BundleFile>()
  let isEnded = false
  const guarded = (work: () => void) => {
    if (failure !== undefined) return
    try {
      work()
    } catch (error) {
      failure = error
    }
  }

  const takeManifest = (entry: ReadEntry) => {
    if (entry.path !== manifestName || entry.type !== 'File') throw new BadBundle('it does not begin with a manifest')
    if (entry.size > longestManifest) throw new BadBundle('its manifest is too long')
    const pieces: Buffer[] = []
    entry.on('data', (piece: Buffer) => pieces.push(piece))
    entry.on('end', () =>
      guarded(() => {
        manifest = parseManifest(Buffer.concat(pieces).toString('utf8'))
        expected = expectedFiles(manifest)
        options.onManifest(manifest)
        for (const part of ['python', 'wheels']) mkdirSync(path.join(folder, part), { mode: 0o700 })
      }),
    )
  }
  const takeFile = (entry: ReadEntry) => {
    const wanted = fileOf(expected, entry)
    expected.delete(wanted.path)
    const hash = createHash('sha256')
    const handle = openSync(path.join(folder, ...wanted.path.split('/')), 'wx', 0o600)
    entry.on('data', (piece: Buffer) =>
      guarded(() => {
        hash.update(piece)
        for (let written = 0; written < piece.length;) written += writeSync(handle, piece, written)
      }),
    )
    entry.on('end', () => {
      closeSync(handle)
      guarded(() => {
        const actual = hash.digest('hex')
        if (actual !== wanted.sha256) throw new WrongHash(wanted, actual)
      })
    })
  }

  const parser = new Parser({ strict: true })
  parser.on('error', (error: unknown) => (failure ??= new BadBundle(`it is no bundle: ${(error as Error).message}`)))
  parser.on('end', () => (isEnded = true))
  parser.on('entry', (entry: ReadEntry) => {
    guarded(() => (manifest === undefined ? takeManifest(entry) : takeFile(entry)))
    entry.resume()
  })
  let bytesRead = 0
  for await (const piece of createReadStream(file, { highWaterMark: 256 * 1024, signal: options.signal })) {
    whole.update(piece as Buffer)
    parser.write(piece as Buffer)
    bytesRead += (piece as Buffer).length
    options.onProgress(bytesRead)
    if (failure !== undefined) throw failure
  }
  parser.end()
  if (failure !== undefined) throw failure
  if (!isEnded || manifest === undefined) throw new BadBundle('it ends in the middle, or is empty')
  const [missing] = expected.keys()
  if (missing !== undefined) throw new BadBundle(`${shown(missing)} is missing, and its manifest names it`)
  return { manifest, sha256: whole.digest('hex') }
}
