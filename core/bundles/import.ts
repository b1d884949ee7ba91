import { mkdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import type { BundleManifest, CheckedParams, ImportedBundle } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { fileFailure, hasErrno, hashFile, privateFolder, requireFreeBytes, stagingPath } from '../storage/index.ts'
import { BadBundle } from './entries.ts'
import { readBundle, WrongHash } from './read.ts'
import type { ReadBundle } from './read.ts'
import type { BundlesDeps } from './types.ts'

/** Unpacked and checked in staging; then the Python is installed, then the wheels are moved to where installers look. */
export async function importBundle(
  { layout, runtimes }: BundlesDeps,
  params: CheckedParams<'bundles.import'>,
  context: JobContext,
): Promise<ImportedBundle> {
  const file = params.path
  const bytes = await sizeOf(file)
  // What it holds is written once, and the Python in it unpacked beside that.
  await requireFreeBytes(layout.home, bytes, 'The bundle')
  await privateFolder(layout.staging)
  const folder = await stagingPath(layout, 'bundle')
  try {
    await mkdir(folder, { mode: 0o700 })
    const { manifest, sha256 } = await readChecked(file, folder, bytes, runtimes.triple(), context)
    if (params.sha256 !== undefined && params.sha256.toLowerCase() !== sha256)
      throw mismatch(file, params.sha256.toLowerCase(), sha256, 'The bundle')
    const python = path.join(folder, ...manifest.python.file.path.split('/'))
    const source = { kind: 'file', path: python } as const
    const runtime = await runtimes.install({ source, makeDefault: params.makeDefault }, context)
    context.progress({ fraction: 0.98, title: 'Putting the wheels in place' })
    await privateFolder(layout.wheels)
    let newWheels = 0
    for (const wheel of manifest.wheels)
      if (await putWheel(layout.wheels, folder, wheel, context.signal)) newWheels += 1
    return { manifest, runtime, newWheels }
  } catch (error) {
    throw error instanceof AppError ? error : fileFailure(error, `Could not import ${file}`, file)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
  }
}

async function readChecked(
  file: string,
  folder: string,
  bytes: number,
  triple: string,
  context: JobContext,
): Promise<ReadBundle> {
  const title = `Checking ${path.basename(file)}`
  try {
    return await readBundle(file, folder, {
      signal: context.signal,
      onProgress: (bytesDone) => {
        // The whole of it is half of the work; the other half is the Python.
        context.progress({ fraction: bytes === 0 ? 0 : (0.5 * bytesDone) / bytes, title, bytesDone, bytesTotal: bytes })
      },
      onManifest: (manifest) => requireFitting(manifest, triple, file),
    })
  } catch (error) {
    if (context.signal.aborted) throw new AppError('CANCELLED', `Cancelled: ${title}`, { cause: error })
    if (error instanceof WrongHash) throw mismatch(file, error.file.sha256, error.actual, error.message)
    if (!(error instanceof BadBundle)) throw error
    throw new AppError('ARCHIVE_INVALID', `${path.basename(file)} is no usable bundle: ${error.message}`, {
      hint: 'Nothing was changed. Copy it here again, or make it again with `beep-host bundle create`.',
      details: { path: file },
    })
  }
}

/** Windows on ARM takes the Intel build, and is asked for its triple as such. */
function requireFitting(manifest: BundleManifest, triple: string, file: string): void {
  if (manifest.triple === triple) return
  throw new AppError(
    'WRONG_PLATFORM',
    `${path.basename(file)} is for ${manifest.triple}, and this machine is ${triple}`,
    {
      hint: `Make one with \`beep-host bundle create FILE --for ${triple}\`. Nothing was changed.`,
      details: { path: file, bundle: manifest.triple, machine: triple },
    },
  )
}

function mismatch(file: string, expected: string, actual: string, what: string): AppError {
  const message = what === 'The bundle' ? `${path.basename(file)} is not the file that was expected` : what
  return new AppError('HASH_MISMATCH', message, {
    hint: 'It was damaged on its way, or is another one. Nothing was changed. Copy it here again.',
    details: { path: file, expected, actual },
  })
}

/** True if it was not here. One of the same name with other bytes is replaced: the newer import counts. */
async function putWheel(
  wheels: string,
  folder: string,
  wheel: { readonly path: string; readonly sha256: string },
  signal: AbortSignal,
): Promise<boolean> {
  const target = path.join(wheels, path.posix.basename(wheel.path))
  const isThere = await stat(target).then(
    () => true,
    () => false,
  )
  if (isThere && (await hashFile(target, signal)).sha256 === wheel.sha256) return false
  await rename(path.join(folder, ...wheel.path.split('/')), target)
  return !isThere
}

async function sizeOf(file: string): Promise<number> {
  if (!path.isAbsolute(file))
    throw new AppError('INVALID_PARAMS', `${file} is not a full path`, { hint: 'Say where the bundle lies.' })
  const facts = await stat(file).catch((error: unknown) => {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR'))
      throw new AppError('NOT_FOUND', `There is no file ${file}`, { details: { path: file } })
    throw fileFailure(error, `Could not read ${file}`, file)
  })
  if (!facts.isFile()) throw new AppError('ARCHIVE_INVALID', `${file} is no file`, { details: { path: file } })
  return facts.size
}
