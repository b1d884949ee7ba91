import { homedir } from 'node:os'
import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { AppError, toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Probe } from '../../../contract/index.ts'
import { eachBounded } from '../../jobs/index.ts'
import type { Layout } from '../../platform/index.ts'
import { probeInterpreter, unsupported } from '../probe.ts'
import { isSupported } from '../version.ts'
import { candidatesIn } from './candidates.ts'
import type { Candidate, Missing } from './candidates.ts'
import { envValue, placesOf } from './places.ts'
import type { RuntimeOrigin } from './places.ts'
import { openProbeCache } from './probe-cache.ts'
import type { Outcome, ProbeCache } from './probe-cache.ts'
import { windowsPlaces } from './windows.ts'

/** An interpreter of this machine that is not ours. With a problem it cannot be used; the probe may be there all the same. */
export interface Discovered {
  readonly origin: RuntimeOrigin
  readonly executable: string
  readonly realpath: string
  readonly probe: Probe | undefined
  readonly problem: ErrorInfo | undefined
}

export interface DiscoverOptions {
  readonly layout: Layout
  readonly env: NodeJS.ProcessEnv
  /** Interpreters that the user named. */
  readonly named: readonly string[]
  /** Asks every interpreter anew. */
  readonly refresh: boolean
}

/** Interpreters asked at a time: more only fight for the disk. */
const probesAtOnce = 4

/** Finds the Pythons of this machine. One that hangs or is broken is listed with its reason, and never fails the rest. */
export async function discover({ layout, env, named, refresh }: DiscoverOptions): Promise<readonly Discovered[]> {
  const platform = process.platform
  const home = envValue({ env, platform }, platform === 'win32' ? 'USERPROFILE' : 'HOME') ?? homedir()
  const places = [...placesOf({ platform, env, home, named }), ...(await windowsPlaces(env, platform))]
  const found = await outsideOf(layout, await candidatesIn(places, platform))
  const cache = await openProbeCache(layout)
  const answers = await eachBounded(found, probesAtOnce, (entry) =>
    'missing' in entry ? Promise.resolve(notThere(entry)) : askOne(entry, cache, env, refresh),
  )
  await cache.save()
  return answers.filter((answer) => answer !== undefined)
}

/** One interpreter, asked now, whatever the cache says. */
export async function examine(candidate: Candidate, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Discovered> {
  return judge(candidate, await ask(candidate, env, signal))
}

async function askOne(candidate: Candidate, cache: ProbeCache, env: NodeJS.ProcessEnv, refresh: boolean) {
  let outcome = refresh ? undefined : await cache.get(candidate.realpath)
  if (outcome === undefined) {
    outcome = await ask(candidate, env)
    await cache.set(candidate.realpath, outcome)
  }
  const found = judge(candidate, outcome)
  // A virtual environment in a guise that its files do not show. One that the user named is told about.
  return found.problem?.code === 'UNSUPPORTED' && candidate.origin !== 'user' ? undefined : found
}

async function ask(candidate: Candidate, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Outcome> {
  try {
    return { probe: (await probeInterpreter(candidate.executable, { env, signal })).probe }
  } catch (error) {
    if (error instanceof AppError && error.code !== 'CANCELLED') return { problem: toErrorInfo(error) }
    throw error
  }
}

function judge({ origin, executable, realpath: real }: Candidate, outcome: Outcome): Discovered {
  if ('problem' in outcome) return { origin, executable, realpath: real, probe: undefined, problem: outcome.problem }
  const { probe } = outcome
  return { origin, executable, realpath: real, probe, problem: usageProblem(executable, probe) }
}

function usageProblem(executable: string, probe: Probe): ErrorInfo | undefined {
  if (!isSupported(probe.version)) return toErrorInfo(unsupported(executable, probe.version, {}))
  if (path.relative(probe.prefix, probe.basePrefix) === '') return undefined
  return toErrorInfo(
    new AppError('UNSUPPORTED', `${executable} belongs to a virtual environment, which is no runtime`, {
      hint: `Use the Python that it stands on, in ${probe.basePrefix}.`,
      details: { executable, prefix: probe.prefix, basePrefix: probe.basePrefix },
    }),
  )
}

function notThere({ origin, missing }: Missing): Discovered {
  const problem = new AppError('PYTHON_BROKEN', `There is no Python at ${missing}, which the settings name`, {
    hint: 'Put it back, or take it out of extraRuntimes in settings.json.',
    details: { path: missing },
  })
  return { origin, executable: missing, realpath: missing, probe: undefined, problem: toErrorInfo(problem) }
}

/** Leaves out what lies in our own data root: managed runtimes are known by their manifests, environments are none. */
async function outsideOf(
  layout: Layout,
  found: readonly (Candidate | Missing)[],
): Promise<readonly (Candidate | Missing)[]> {
  const own = await realpath(layout.home).catch(() => layout.home)
  return found.filter((entry) => 'missing' in entry || !isInside(own, entry.realpath))
}

export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
}
