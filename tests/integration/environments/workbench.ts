import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import type { GpuReport, Progress, Runtime } from '../../../contract/index.ts'
import { createEnvironments } from '../../../core/environments/index.ts'
import type { Environments } from '../../../core/environments/index.ts'
import type { JobContext } from '../../../core/jobs/index.ts'
import { createNetwork } from '../../../core/network/index.ts'
import { layoutOf } from '../../../core/platform/index.ts'
import type { Layout } from '../../../core/platform/index.ts'
import type { Runtimes } from '../../../core/runtimes/index.ts'
import { createSettingsStore } from '../../../core/storage/index.ts'
import type { SettingsStore } from '../../../core/storage/index.ts'
import { localPython } from '../../tools/test-python.ts'

export type InstallerName = 'uv' | 'pip'

/** A data root with the environments room on it, over real interpreters and without the discovery of them. */
export interface Workbench {
  readonly home: string
  readonly layout: Layout
  readonly settings: SettingsStore
  readonly environments: Environments
  /** The runtimes it offers; the first is the default. Tests may change them. */
  readonly runtimes: Runtime[]
  /** Servers said to run on each environment. */
  readonly users: Map<string, readonly string[]>
  /** The file with the requirements of the admin environment. */
  readonly adminRequirements: string
  readonly env: Record<string, string | undefined>
}

export interface WorkbenchOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly runtimes?: readonly Runtime[]
  /** Absent: the one that ships. */
  readonly profilesFile?: string
  /** Absent: there is none. */
  readonly gpu?: GpuReport
}

const noGpu: GpuReport = {
  backend: 'cpu',
  version: null,
  devices: [],
  isForced: false,
  findings: [],
  probedAt: '2026-01-01T00:00:00.000Z',
}

/** A runtime made of a real interpreter. */
export function runtimeOf(executable: string, id = 'local'): Runtime {
  const print = 'import json, sys; print(json.dumps([sys.version.split()[0], sys.implementation.name]))'
  const [version, implementation] = JSON.parse(execFileSync(executable, ['-I', '-c', print], { encoding: 'utf8' })) as [
    string,
    string,
  ]
  return {
    id,
    version,
    implementation,
    architecture: process.arch,
    executable,
    source: 'system',
    origin: 'path',
    isDefault: false,
    state: 'ready',
  }
}

const known = new Map<string, Runtime>()

/** The interpreter that the tests run on, asked once. */
export function localRuntime(): Runtime {
  const executable = localPython()
  const runtime = known.get(executable) ?? runtimeOf(executable)
  known.set(executable, runtime)
  return runtime
}

/** @param home an existing folder, which becomes the data root. */
export function openWorkbench(home: string, options: WorkbenchOptions = {}): Workbench {
  const layout = layoutOf(home)
  for (const folder of [layout.environments, layout.locks, layout.staging]) mkdirSync(folder, { recursive: true })
  const settings = createSettingsStore(layout)
  const runtimes = [...(options.runtimes ?? [localRuntime()])]
  const users = new Map<string, readonly string[]>()
  const adminRequirements = path.join(home, 'admin requirements.txt')
  const profilesFile = options.profilesFile ?? path.resolve(import.meta.dirname, '../../../resources/profiles.json')
  const env = { ...process.env, ...options.env }
  const environments = createEnvironments({
    layout,
    settings,
    runtimes: runtimesOf(runtimes),
    network: createNetwork({ layout, settings, env }),
    env,
    usedBy: (name) => users.get(name) ?? [],
    adminRequirements,
    profilesFile,
    gpu: { report: async () => options.gpu ?? noGpu },
  })
  return { home, layout, settings, environments, runtimes, users, adminRequirements, env }
}

function runtimesOf(runtimes: readonly Runtime[]): Runtimes {
  const refuse = () => Promise.reject(new AppError('UNSUPPORTED', 'Not in this test'))
  return {
    list: async () => runtimes,
    default: async () => runtimes[0] ?? Promise.reject(new AppError('PYTHON_MISSING', 'There is no Python')),
    get: async (id) =>
      runtimes.find((runtime) => runtime.id === id) ??
      Promise.reject(new AppError('NOT_FOUND', `There is no Python ${id}`)),
    catalog: async () => [],
    measure: async () => [],
    sources: async () => [],
    archive: refuse,
    triple: () => 'x86_64-unknown-linux-gnu',
    install: refuse,
    setDefault: refuse,
    remove: refuse,
  }
}

export interface RecordedJob extends JobContext {
  readonly told: readonly Progress[]
  readonly abort: AbortController
}

/** A job's context that keeps what it is told. `onProgress` may cancel, at that very moment. */
export function recordJob(onProgress: (progress: Progress, job: RecordedJob) => void = () => {}): RecordedJob {
  const told: Progress[] = []
  const abort = new AbortController()
  const job: RecordedJob = {
    told,
    abort,
    signal: abort.signal,
    progress(progress) {
      told.push(progress)
      onProgress(progress, job)
    },
  }
  return job
}

/** The error that a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It was expected to fail, and did not')
}

export function writeAdminRequirements(bench: Workbench, ...lines: readonly string[]): void {
  writeFileSync(bench.adminRequirements, `# for the tests\n${lines.join('\n')}\n`)
}
