import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError, shownBytes } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import type { Layout, Triple } from '../../platform/index.ts'
import { hashFile, sweepStaging } from '../../storage/index.ts'
import { buildFor, chooseBuild } from '../catalog.ts'
import type { Catalog, CatalogBuild } from '../catalog.ts'
import { download } from '../download/download.ts'
import type { DownloadProgress } from '../download/types.ts'
import { timingsOf } from '../download/retry.ts'
import { catalogUrl, mirrorUrls } from '../mirror.ts'
import { isInstalled, makeFolders, withRuntimeLock } from './commit.ts'
import { installVerified } from './install-verified.ts'
import type { InstallDeps } from './plan.ts'
import { requireRoom } from './stage.ts'
import type { VerifiedArchive } from './stage.ts'

export interface DownloadRequest {
  readonly version: string | undefined
  /** For this once; else the settings' mirror, else the catalog's list. */
  readonly mirror: string | undefined
}

/**
 * Installs a Python of the catalog. Killed at any point, it leaves staging or a partial download behind, and the next try goes on
 * from there; a second process waits for the first, and takes what that has made.
 * @returns the id
 * @throws WRONG_PLATFORM, NOT_FOUND, INVALID_PARAMS, NETWORK, DOWNLOAD_NOT_FOUND, BLOCKED_PAGE, HASH_MISMATCH, DISK_FULL,
 * PYTHON_BROKEN, LOCKED, CANCELLED
 */
export async function installDownload(
  deps: InstallDeps,
  catalog: Catalog,
  request: DownloadRequest,
  context: JobContext,
): Promise<string> {
  const build = chooseBuild(catalog, deps.facts, request.version)
  const urls = urlsOf(catalog, build, request.mirror ?? deps.mirror)
  if (await isInstalled(deps.layout, build.id)) return build.id
  await makeFolders(deps.layout)
  await requireRoom(deps, 0, 0)
  return await withRuntimeLock(deps.layout, build.id, context, async () => {
    if (await isInstalled(deps.layout, build.id)) return build.id
    await sweepStaging(deps.layout)
    await deps.onPhase('locked')
    const archive = await obtain(deps, build, urls, context)
    await deps.onPhase('verified')
    return await installVerified(deps, archive, context)
  })
}

/**
 * The archive of a Python of the catalog, for this machine unless another kind is named, to be handed on: from the cache, else
 * downloaded into it.
 * @throws as `installDownload`
 */
export async function obtainArchive(
  deps: InstallDeps,
  catalog: Catalog,
  request: DownloadRequest & { readonly triple?: Triple | undefined },
  context: JobContext,
): Promise<VerifiedArchive & { readonly build: CatalogBuild }> {
  const { triple, version } = request
  const build = triple === undefined ? chooseBuild(catalog, deps.facts, version) : buildFor(catalog, triple, version)
  const urls = urlsOf(catalog, build, request.mirror ?? deps.mirror)
  await makeFolders(deps.layout)
  return await withRuntimeLock(deps.layout, build.id, context, async () => ({
    ...(await obtain(deps, build, urls, context)),
    build,
  }))
}

/** A mirror of the user's is asked alone: whoever names one may not be allowed to ask anybody else. */
export function urlsOf(catalog: Catalog, build: CatalogBuild, mirror: string | null): readonly string[] {
  if (mirror !== null) return mirrorUrls(mirror, build, process.platform)
  return catalog.mirrors.map((address) => catalogUrl(address, build))
}

/** Where the archive lies once it is verified; kept for repairs and for use without a network. */
export function cachedArchive(layout: Layout, { file, sha256 }: CatalogBuild): string {
  return path.join(layout.cache, `${sha256.slice(0, 12)}-${file.replaceAll('+', '-')}`)
}

async function obtain(
  deps: InstallDeps,
  build: CatalogBuild,
  urls: readonly string[],
  context: JobContext,
): Promise<VerifiedArchive> {
  const file = cachedArchive(deps.layout, build)
  const archive = { file, name: build.file, sha256: build.sha256, tag: build.tag, identity: build }
  const cached = await stat(file).catch(() => undefined)
  if (cached) {
    context.progress({ fraction: 0, title: 'Checking the archive that is here already' })
    const { sha256, bytes } = await hashFile(file, context.signal)
    if (sha256 === build.sha256) return { ...archive, bytes, url: 'cache:' }
    await rm(file, { force: true })
  }
  if (deps.isOffline && !urls.every(isOnDisk)) throw offline(build)
  await deps.onPhase('download')
  const title = `Downloading Python ${build.python}`
  const url = await download(
    { name: build.file, sha256: build.sha256, urls, target: file },
    {
      fetch: deps.fetch,
      timings: timingsOf(deps.env),
      signal: context.signal,
      freeBytes: deps.freeBytes,
      onSize: (total, done) => requireRoom(deps, total, total - done),
      onProgress: (progress) => context.progress(downloadProgress(title, progress)),
    },
  )
  const { size: bytes } = await stat(file)
  return { ...archive, bytes, url }
}

/** A mirror in a folder is asked without a network. */
function isOnDisk(address: string): boolean {
  return address.startsWith('file:')
}

function offline({ python, file }: CatalogBuild): AppError {
  return new AppError('NETWORK', `Python ${python} is not here, and the settings say offline`, {
    hint: 'Import a bundle that has it, install it from a file, or go online: `beep-host config set offline false`.',
    details: { file, offline: true },
  })
}

function downloadProgress(title: string, { bytesDone, bytesTotal, note }: DownloadProgress) {
  const figures =
    bytesTotal === undefined ? shownBytes(bytesDone) : `${shownBytes(bytesDone)} of ${shownBytes(bytesTotal)}`
  return {
    fraction: bytesTotal === undefined ? null : (0.6 * bytesDone) / bytesTotal,
    title,
    detail: note ? `${figures}, ${note}` : figures,
    bytesDone,
    ...(bytesTotal === undefined ? {} : { bytesTotal }),
  }
}
