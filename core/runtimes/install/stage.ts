import path from 'node:path'
import { open } from 'node:fs/promises'
import { AppError } from '../../../contract/index.ts'
import type { Probe } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { standaloneExecutable } from '../../platform/index.ts'
import { diskFull } from '../../storage/index.ts'
import { isPathTooLong } from '../archive/entries.ts'
import { extractArchive } from '../archive/extract.ts'
import { hashMismatch } from '../download/failures.ts'
import { architectureOf } from '../identity.ts'
import { manifestName } from '../manifest.ts'
import type { Manifest } from '../manifest.ts'
import { probeInterpreter } from '../probe.ts'
import { finishRuntime } from './finish.ts'
import { flushToDisk } from './flush.ts'
import type { InstallDeps } from './plan.ts'

/** An archive whose hash is known to be the right one. */
export interface VerifiedArchive {
  readonly file: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly url: string
  readonly tag: string | null
  readonly identity: PromisedBuild | Identify
}

/** What the catalog promises of an archive. */
export interface PromisedBuild {
  readonly id: string
  readonly python: string
  readonly triple: string
}

/** Names an archive that the catalog does not know, by what its Python says of itself. */
export type Identify = (probe: Probe) => { readonly id: string; readonly triple: string }

/** A runtime that is complete, in staging, its manifest written. */
export interface StagedRuntime {
  readonly root: string
  readonly manifest: Manifest
}

/**
 * The compiled parts of a sound build, which are what a missing library or a wrong one breaks; the modules around them are plain files,
 * and take longer to compile than all of these to load.
 */
const neededModules = ['_ssl', '_sqlite3', '_ctypes', 'zlib', '_lzma', '_bz2', '_hashlib']
/** Milliseconds: a security program may look through a fresh program for long. */
const firstStartLimitMs = 20_000
/** An archive grows to three to six times its size; the rest is what a machine should not be left without. */
const growth = 6
const reserveBytes = 256 * 1024 * 1024

/** @throws DISK_FULL before anything is written. `toDownload`: bytes of the archive that are still to come. */
export async function requireRoom(deps: InstallDeps, archiveBytes: number, toDownload: number): Promise<void> {
  const needed = toDownload + growth * archiveBytes + reserveBytes
  const free = await deps.freeBytes(deps.layout.home)
  if (free < needed) throw diskFull('Installing Python', deps.layout.home, needed, free)
}

/** Makes a runtime out of an archive, in staging: unpacked, patched for its final place, started once, its manifest written last. */
export async function stageRuntime(
  deps: InstallDeps,
  archive: VerifiedArchive,
  root: string,
  context: JobContext,
): Promise<StagedRuntime> {
  const { identity } = archive
  const promised = typeof identity === 'function' ? undefined : identity
  const title = `Unpacking Python ${promised?.python ?? ''}`.trim()
  await deps.onPhase('extract')
  const extracted = await extractArchive(archive.file, root, {
    signal: context.signal,
    freeBytes: deps.freeBytes,
    onProgress: (bytesDone) => {
      const share = archive.bytes === 0 ? 0 : bytesDone / archive.bytes
      context.progress({ fraction: 0.6 + 0.3 * share, title, bytesDone, bytesTotal: archive.bytes })
    },
  })
  // The file could have been exchanged since it was checked.
  if (extracted.sha256 !== archive.sha256)
    throw hashMismatch(archive.name, {
      expected: archive.sha256,
      actual: extracted.sha256,
      bytes: archive.bytes,
      from: archive.url,
    })
  await deps.onPhase('extracted')
  const flushed = flushToDisk(root, deps.env)
  context.progress({ fraction: 0.92, title: 'Starting Python for the first time' })
  const { id, triple } = typeof identity === 'function' ? identity(await probe(deps, root, context)) : identity
  const final = path.join(deps.layout.runtimes, id)
  if (isPathTooLong(final, extracted.longestPath, process.platform)) {
    throw new AppError('PATH_UNUSABLE', `The folder path is too long: ${final}`, {
      hint: 'Choose a shorter data root with --home or BEEP_HOME, such as C:\\Beep.',
      details: { path: final, longest: extracted.longestPath },
    })
  }
  await finishRuntime(root, final, deps.env)
  await deps.onPhase('finished')
  const facts = await probe(deps, root, context)
  if (promised) requireAsPromised(facts, promised, archive.name)
  await flushed
  const manifest: Manifest = {
    version: 1,
    id,
    python: facts.version,
    implementation: facts.implementation,
    triple,
    archive: { file: archive.name, sha256: archive.sha256, url: archive.url, tag: archive.tag },
    installedAt: new Date().toISOString(),
    fileCount: extracted.fileCount,
    bytes: extracted.bytes,
    executable: path.relative(root, standaloneExecutable(root, process.platform)),
    probe: facts,
  }
  await writeSynced(path.join(root, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
  await deps.onPhase('staged')
  return { root, manifest }
}

async function probe(deps: InstallDeps, root: string, { signal }: JobContext): Promise<Probe> {
  const executable = standaloneExecutable(root, process.platform)
  const answer = await probeInterpreter(executable, {
    env: deps.env,
    signal,
    timeoutMs: firstStartLimitMs,
    modules: neededModules,
  })
  const missing = Object.entries({ ...answer.missing, ...(answer.probe.hasVenv ? {} : { venv: 'not there' }) })
  if (missing.length === 0) return answer.probe
  const text = missing.map(([name, why]) => `${name} (${why})`).join(', ')
  throw new AppError('PYTHON_BROKEN', `The unpacked Python cannot import ${text}. Nothing was installed.`, {
    hint: 'A library of the system may be missing, or a security program took a file away.',
    details: { executable, missing: Object.fromEntries(missing) },
  })
}

function requireAsPromised(facts: Probe, expected: PromisedBuild, name: string): void {
  const cpu = expected.triple.split('-')[0]
  const isAsPromised = facts.version === expected.python && architectureOf(facts) === cpu
  if (isAsPromised) return
  const is = `Python ${facts.version} for ${architectureOf(facts)}`
  throw new AppError(
    'ARCHIVE_INVALID',
    `${name} holds ${is}, not Python ${expected.python} for ${cpu}. Nothing was installed.`,
    {
      hint: 'The catalog and the archive do not belong together.',
      details: { expected, probe: facts },
    },
  )
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o644)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
