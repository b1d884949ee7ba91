import { copyFile, link, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { create as createTar } from 'tar'
import { AppError } from '../../contract/index.ts'
import type { BundleFile, BundleManifest, CheckedParams, MadeBundle, Runtime } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import type { Runtimes } from '../runtimes/index.ts'
import { fileFailure, hashFile, privateFolder, requireFreeBytes, stagingPath } from '../storage/index.ts'
import { manifestName } from './entries.ts'
import type { BundlesDeps } from './types.ts'

/**
 * The Python first, since its own pip decides which wheels fit (for another kind of machine, uv does, and must be told its version);
 * then the wheels; then one file beside the target, which takes the target's name when it is whole.
 */
export async function createBundle(
  { layout, runtimes, environments }: BundlesDeps,
  params: CheckedParams<'bundles.create'>,
  context: JobContext,
): Promise<MadeBundle> {
  const target = await checkedTarget(params.path)
  const { version, packages, profiles, withFronts } = params
  const other = params.for === undefined || params.for === runtimes.triple() ? undefined : params.for
  if (other !== undefined) await environments.requireOther(other)
  const archive = await runtimes.archive(version, context, other)
  const runtime = await fetcher(runtimes, version, other !== undefined, context)
  await privateFolder(layout.staging)
  const folder = await stagingPath(layout, 'bundle')
  const draft = `${target}.part`
  try {
    for (const part of ['python', 'wheels']) await mkdir(path.join(folder, part), { recursive: true, mode: 0o700 })
    const pythonFile = `python/${archive.name.replaceAll(/[^\w!+.-]/gu, '-')}`
    await place(archive.file, path.join(folder, pythonFile))
    const wheels = path.join(folder, 'wheels')
    const { triple, python } = archive
    await environments.fetchWheels(
      { packages, profiles, withFronts, runtime, folder: wheels, other: other && { triple, python } },
      context,
    )
    context.progress({ fraction: null, title: 'Writing the bundle', detail: path.basename(target) })
    const files = await describeAll(folder, context.signal)
    const manifest: BundleManifest = {
      version: 1,
      createdAt: new Date().toISOString(),
      triple,
      python: {
        version: python,
        file: { path: pythonFile, bytes: archive.bytes, sha256: archive.sha256 },
      },
      packages: [...packages],
      profiles: [...profiles],
      withFronts,
      wheels: files,
    }
    await writeFile(path.join(folder, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`)
    const total = archive.bytes + files.reduce((sum, { bytes }) => sum + bytes, 0)
    await requireFreeBytes(path.dirname(target), total, 'The bundle')
    const names = [manifestName, pythonFile, ...files.map((file) => file.path)]
    // Not compressed: all that is in it is. In this order, so that the reader knows what must come before it comes.
    await createTar({ file: draft, cwd: folder, portable: true, strict: true }, names)
    if (context.signal.aborted) throw new AppError('CANCELLED', `Cancelled: the bundle ${target}`)
    const { bytes, sha256 } = await hashFile(draft, context.signal)
    await rename(draft, target)
    return { path: target, bytes, sha256, manifest }
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    if (context.signal.aborted) throw new AppError('CANCELLED', `Cancelled: the bundle ${target}`, { cause: error })
    throw error instanceof AppError ? error : fileFailure(error, `Could not write ${target}`, target)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
  }
}

/** The Python whose pip fetches: for another machine any of ours will do, for what fits is told to it. */
async function fetcher(
  runtimes: Runtimes,
  version: string | undefined,
  isForOther: boolean,
  context: JobContext,
): Promise<Runtime> {
  const source = { kind: 'download' } as const
  if (!isForOther) return runtimes.install({ source, version, makeDefault: false }, context)
  const known = await runtimes.list()
  const ready = known.find((one) => one.source === 'managed' && one.state === 'ready' && one.probe?.hasPip === true)
  return ready ?? runtimes.install({ source, makeDefault: false }, context)
}

/** @throws INVALID_PARAMS, PATH_UNUSABLE before anything is fetched for nothing */
async function checkedTarget(text: string): Promise<string> {
  if (!path.isAbsolute(text))
    throw new AppError('INVALID_PARAMS', `${text} is not a full path`, { hint: 'Say where the bundle is to lie.' })
  const target = path.normalize(text)
  const folder = await stat(path.dirname(target)).catch(() => undefined)
  if (!folder?.isDirectory())
    throw new AppError('PATH_UNUSABLE', `There is no folder ${path.dirname(target)}`, { details: { path: target } })
  if ((await stat(target).catch(() => undefined))?.isDirectory())
    throw new AppError('PATH_UNUSABLE', `${target} is a folder`, {
      hint: 'Give the name of the file, too, such as offline.beep-bundle.',
      details: { path: target },
    })
  return target
}

/** Another name for the file where the disk allows it; the file is not changed by either. */
async function place(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to))
}

async function describeAll(folder: string, signal: AbortSignal): Promise<BundleFile[]> {
  const names = (await readdir(path.join(folder, 'wheels'))).sort()
  const files: BundleFile[] = []
  for (const name of names)
    files.push({ path: `wheels/${name}`, ...(await hashFile(path.join(folder, 'wheels', name), signal)) })
  return files
}
