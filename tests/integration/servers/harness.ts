import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { AppError, settingsSchema } from '../../../contract/index.ts'
import type { AppEvent, Environment, Settings } from '../../../contract/index.ts'
import { createEventHub, createSecrets } from '../../../core/events/index.ts'
import type { EventHub } from '../../../core/events/index.ts'
import type { AskingContext, JobContext } from '../../../core/jobs/index.ts'
import { layoutOf, pidExists } from '../../../core/platform/index.ts'
import type { Layout } from '../../../core/platform/index.ts'
import { createServers } from '../../../core/servers/index.ts'
import type { Servers, ServersDeps } from '../../../core/servers/index.ts'
import type { RestartClock } from '../../../core/servers/restarts/restart-clock.ts'
import { manualClock } from '../../tools/manual-clock.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { localPython } from '../../tools/test-python.ts'

export const fixtures = path.resolve(import.meta.dirname, '../../fixtures/programs')
export const fakeEngine = path.join(fixtures, 'fake-engine.py')

/** Any Python will do for the fixture programs. */
export const python = localPython()

/** What a role of the fake engine is to do wrong: see the head of fake-engine.py. */
export type Behaviour = Readonly<Record<string, unknown>>

export interface TestServers {
  readonly home: string
  readonly layout: Layout
  readonly servers: Servers
  readonly deps: ServersDeps
  readonly events: EventHub
  /** Every event so far. */
  readonly heard: AppEvent[]
  readonly misbehave: (behaviour: Readonly<Partial<Record<'pool' | 'http' | 'rpc', Behaviour>>>) => Promise<void>
  /** Pids of everything that the fake engine has started. */
  readonly pids: () => number[]
}

export interface TestServersOptions {
  readonly settings?: Partial<Settings>
  readonly env?: Readonly<Record<string, string>>
  readonly engine?: string
  /** What is odd about each environment but admin. */
  readonly environment?: Partial<Environment>
  readonly environments?: ServersDeps['environments']
  /** Absent: one that stands still, on which nothing comes back by itself. */
  readonly clock?: RestartClock
}

export function testEnvironment(name: string, change: Partial<Environment> = {}): Environment {
  return {
    name,
    root: path.dirname(path.dirname(python)),
    kind: name === 'admin' ? 'admin' : 'user',
    executable: python,
    python: '3',
    runtime: 'test',
    state: 'ready',
    createdAt: new Date().toISOString(),
    sizeBytes: 0,
    requirements: [],
    usedBy: [],
    ...change,
  }
}

/** A data root of its own and servers on it; all is stopped and removed after the test. */
export function testServers(options: TestServersOptions = {}): TestServers {
  const home = tempFolder()
  const layout = layoutOf(home)
  const events = createEventHub()
  const heard: AppEvent[] = []
  events.subscribe((event) => heard.push(event))
  const settings = settingsSchema.parse(options.settings ?? {})
  const deps: ServersDeps = {
    layout,
    events,
    secrets: createSecrets(),
    settings: {
      get: () => Promise.resolve(settings),
      update: () => Promise.resolve(settings),
      problem: () => undefined,
    },
    environments: options.environments ?? {
      get: (name) =>
        name === 'missing'
          ? Promise.reject(new AppError('NOT_FOUND', `There is no environment ${name}`))
          : Promise.resolve(testEnvironment(name, options.environment)),
      ensure: (name) => Promise.resolve(testEnvironment(name, options.environment)),
      ensureAdmin: () => Promise.resolve(testEnvironment('admin')),
    },
    env: { ...process.env, BEEP_HOME: home, ...options.env },
    engine: options.engine ?? fakeEngine,
    clock: options.clock ?? manualClock(),
  }
  const servers = createServers(deps)
  const pids = () => {
    const file = path.join(home, 'pids')
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : []
  }
  onTestFinished(async () => {
    await servers.stopAll().catch(() => {})
    for (const pid of pids()) if (pidExists(pid)) process.kill(pid, 'SIGKILL')
  })
  return {
    home,
    layout,
    servers,
    deps,
    events,
    heard,
    pids,
    misbehave: (behaviour) => writeFile(path.join(home, 'fake-engine.json'), JSON.stringify(behaviour)),
  }
}

export function context(signal: AbortSignal = new AbortController().signal): JobContext {
  return { signal, progress: () => {} }
}

/** The same, with nobody there to be asked. */
export function asking(): AskingContext {
  return { ...context(), asks: () => {} }
}

/** The error that a promise is to fail with. */
export async function failure(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it did not fail')
}
