import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { AppError } from '../../../contract/index.ts'
import type { Progress, RuntimeSource } from '../../../contract/index.ts'
import { layoutOf } from '../../../core/platform/index.ts'
import type { Layout } from '../../../core/platform/index.ts'
import { createNetwork } from '../../../core/network/index.ts'
import { createRuntimes } from '../../../core/runtimes/create.ts'
import type { RuntimesSeams } from '../../../core/runtimes/create.ts'
import type { Runtimes } from '../../../core/runtimes/index.ts'
import { createSettingsStore } from '../../../core/storage/index.ts'
import type { SettingsStore } from '../../../core/storage/index.ts'
import { startMirror } from '../../fixtures/mirror/mirror.ts'
import type { Mirror, MirrorOptions } from '../../fixtures/mirror/mirror.ts'
import { pythonArchive } from '../../fixtures/python-archive/build.ts'
import { tempFolder } from '../../tools/temp-folder.ts'

export const archive = pythonArchive()

/** A data root of the test's own, with a home folder that has no Pythons in it. */
export interface Workplace {
  readonly home: string
  readonly layout: Layout
  readonly settings: SettingsStore
  readonly runtimes: Runtimes
  readonly env: Record<string, string>
  readonly job: RecordedJob
  /** Installs the test archive's Python. */
  readonly install: (source?: RuntimeSource, job?: RecordedJob) => ReturnType<Runtimes['install']>
}

export interface WorkplaceOptions {
  /** An existing folder; absent: a new one. */
  readonly home?: string
  readonly env?: Readonly<Record<string, string>>
  readonly seams?: RuntimesSeams
}

/** What a child or a second room on the same data root has to know. The waits are short, so that a test need not be patient. */
export function environmentOf(userHome: string): Record<string, string> {
  return {
    PATH: '/usr/bin:/bin',
    HOME: userHome,
    BEEP_PYTHON_CATALOG: archive.catalog,
    BEEP_DOWNLOAD_STALL_MS: '3000',
    BEEP_DOWNLOAD_RETRY_MS: '5',
  }
}

export function workplace(options: WorkplaceOptions = {}): Workplace {
  const base = options.home ?? tempFolder()
  const userHome = path.join(base, 'user')
  mkdirSync(userHome, { recursive: true })
  const home = path.join(base, 'beep hôme')
  const layout = layoutOf(home)
  const settings = createSettingsStore(layout)
  const env = { ...environmentOf(userHome), ...options.env }
  const runtimes = createRuntimes(
    { layout, settings, env, network: createNetwork({ layout, settings, env }) },
    options.seams,
  )
  const job = recordJob()
  return {
    home,
    layout,
    settings,
    runtimes,
    env,
    job,
    install: (source = { kind: 'download' }, context = job) => runtimes.install({ source, makeDefault: true }, context),
  }
}

/** A mirror of the test archive, stopped at the end of the test. */
export async function mirrorFor(options: MirrorOptions = {}): Promise<Mirror> {
  const mirror = await startMirror(archive.mirror, options)
  onTestFinished(() => mirror.close())
  return mirror
}

export interface RecordedJob {
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
  readonly told: readonly Progress[]
  readonly cancel: () => void
}

/** A job's context that keeps what it is told; `onProgress` is called at that very moment. */
export function recordJob(onProgress: (progress: Progress, job: RecordedJob) => void = () => {}): RecordedJob {
  const abort = new AbortController()
  const told: Progress[] = []
  const job: RecordedJob = {
    signal: abort.signal,
    told,
    cancel: () => abort.abort(),
    progress(progress) {
      told.push(progress)
      onProgress(progress, job)
    },
  }
  return job
}

export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It was expected to fail, and did not')
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).toSorted() : []
}

/** What lies in the data root after a failure or a success: nothing half-made, whatever happened. */
export function leftovers({ layout }: Pick<Workplace, 'layout'>) {
  return {
    staging: list(layout.staging),
    locks: list(layout.locks),
    runtimes: list(layout.runtimes),
    cache: list(layout.cache).filter((name) => name !== 'interpreters.json'),
  }
}

/** The name of the archive in the cache. */
export const cachedName = `${archive.sha256.slice(0, 12)}-${archive.name.replaceAll('+', '-')}`
