import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { tripleOf } from '../../platform/index.ts'
import { fileFailure, hasErrno, hashFile, sweepStaging } from '../../storage/index.ts'
import type { Catalog, CatalogBuild } from '../catalog.ts'
import { hashMismatch } from '../download/failures.ts'
import { managedId } from '../identity.ts'
import { readAllManaged } from '../manifest.ts'
import { matchesRequest } from '../version.ts'
import { isInstalled, makeFolders, withRuntimeLock } from './commit.ts'
import { installVerified } from './install-verified.ts'
import type { InstallDeps } from './plan.ts'
import { requireRoom } from './stage.ts'
import type { Identify, VerifiedArchive } from './stage.ts'
import { requireAbsolute } from './system.ts'

export interface FileRequest {
  readonly path: string
  readonly version: string | undefined
}

/**
 * Installs an archive that the user has. Where the catalog knows its name or its hash, the hash decides; else Python itself has to
 * say what it is, and the manifest keeps the hash.
 * @returns the id
 * @throws NOT_FOUND, ARCHIVE_INVALID, HASH_MISMATCH, WRONG_PLATFORM, INVALID_PARAMS and whatever an install may throw
 */
export async function installFile(
  deps: InstallDeps,
  catalog: Catalog,
  request: FileRequest,
  context: JobContext,
): Promise<string> {
  const file = request.path
  requireAbsolute(file)
  context.progress({ fraction: 0, title: `Checking ${path.basename(file)}` })
  await requireGzip(file)
  const { sha256, bytes } = await hashFile(file, context.signal)
  const build = knownBuild(catalog, path.basename(file), { sha256, bytes, file })
  if (build) requireFitting(build, deps, request.version)
  const archive: Omit<VerifiedArchive, 'identity'> = {
    file,
    name: path.basename(file),
    bytes,
    sha256,
    url: `file:${path.basename(file)}`,
    tag: build?.tag ?? null,
  }
  const verified = { ...archive, identity: build ?? identifier(deps, archive, request.version) }
  const there = await installedAlready(deps, verified)
  if (there !== undefined) return there
  await makeFolders(deps.layout)
  await requireRoom(deps, 0, 0)
  return await withRuntimeLock(deps.layout, build?.id ?? `archive-${sha256.slice(0, 8)}`, context, async () => {
    const meanwhile = await installedAlready(deps, verified)
    if (meanwhile !== undefined) return meanwhile
    await sweepStaging(deps.layout)
    return await installVerified(deps, verified, context)
  })
}

/** The id of the runtime that this archive would make again. An unknown archive is known by its hash once it is installed. */
async function installedAlready(
  { layout }: InstallDeps,
  { identity, sha256 }: VerifiedArchive,
): Promise<string | undefined> {
  if (typeof identity !== 'function') return (await isInstalled(layout, identity.id)) ? identity.id : undefined
  const all = await readAllManaged(layout)
  const same = all.find(({ manifest, problem }) => !problem && manifest?.archive.sha256 === sha256)?.manifest
  // Whether its version is the one asked for is checked here as it is where the archive is unpacked.
  if (same) identity(same.probe)
  return same?.id
}

/** An id that carries part of the hash: two unknown archives of one version are two runtimes. */
function identifier(
  deps: InstallDeps,
  archive: Omit<VerifiedArchive, 'identity'>,
  version: string | undefined,
): Identify {
  const place = tripleOf(deps.facts)
  return (probe) => {
    if (version !== undefined && !matchesRequest(probe.version, version))
      throw wrongVersion(archive.name, probe.version, version)
    const triple = 'triple' in place ? place.triple : probe.platform
    const base =
      'triple' in place ? managedId(probe.version, place.triple) : `cpython-${probe.version}-${probe.platform}`
    return { id: `${base}-${archive.sha256.slice(0, 8)}`, triple }
  }
}

/** By its name or by its hash. A name that is known with another hash is an error, whatever the file holds. */
function knownBuild(
  catalog: Catalog,
  name: string,
  { sha256, bytes, file }: { readonly sha256: string; readonly bytes: number; readonly file: string },
): CatalogBuild | undefined {
  const plain = (text: string) => text.replaceAll(/%2B|\+/giu, '-')
  const named = catalog.builds.find((build) => plain(build.file) === plain(name))
  if (named && named.sha256 !== sha256)
    throw hashMismatch(name, { expected: named.sha256, actual: sha256, bytes, from: file })
  return named ?? catalog.builds.find((build) => build.sha256 === sha256)
}

function requireFitting(build: CatalogBuild, { facts }: InstallDeps, version: string | undefined): void {
  const place = tripleOf(facts)
  // Windows on ARM runs Intel builds, too.
  const isFitting =
    'triple' in place &&
    (place.triple === build.triple || (facts.platform === 'win32' && build.triple.endsWith('windows-msvc')))
  if (!isFitting) {
    throw new AppError('WRONG_PLATFORM', `${build.file} is for ${build.triple}, and this machine is not`, {
      hint: `It needs one for ${'triple' in place ? place.triple : `a supported machine: ${place.problem}`}.`,
      details: { triple: build.triple, ...facts },
    })
  }
  if (version !== undefined && !matchesRequest(build.python, version))
    throw wrongVersion(build.file, build.python, version)
}

function wrongVersion(name: string, actual: string, wanted: string): AppError {
  return new AppError('INVALID_PARAMS', `${name} holds Python ${actual}, not ${wanted}`, {
    hint: 'Leave the version out, or name another file.',
    details: { version: actual },
  })
}

/** @throws NOT_FOUND, ARCHIVE_INVALID */
async function requireGzip(file: string): Promise<void> {
  try {
    const facts = await stat(file)
    if (!facts.isFile())
      throw new AppError('ARCHIVE_INVALID', `${file} is no file`, {
        hint: 'Name a `.tar.gz` archive.',
        details: { path: file },
      })
    const handle = await open(file, 'r')
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close())
    if (buffer[0] === 0x1f && buffer[1] === 0x8b) return
  } catch (error) {
    if (error instanceof AppError) throw error
    if (hasErrno(error, 'ENOENT', 'ENOTDIR'))
      throw new AppError('NOT_FOUND', `There is no file ${file}`, { details: { path: file } })
    throw fileFailure(error, `Could not read ${file}`, file)
  }
  throw new AppError('ARCHIVE_INVALID', `${file} is not a .tar.gz archive. Nothing was installed.`, {
    hint: 'It takes an archive of a standalone Python, `cpython-…-install_only_stripped.tar.gz`.',
    details: { path: file },
  })
}
