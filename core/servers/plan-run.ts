import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { AppError, fromErrorInfo, sameName } from '../../contract/index.ts'
import type { Environment, ServerSpec } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { addressContext, localAddress } from '../platform/index.ts'
import type { StopGrace } from '../process/index.ts'
import { privateFolder } from '../storage/index.ts'
import type { Kept } from './restarts/comeback.ts'
import { frontRoleOf, portsToTry } from './launch-config.ts'
import type { LaunchPlace, PoolAddress } from './launch-config.ts'
import { defaultEnvironmentName } from './resolve-spec.ts'
import type { RunPlan } from './run-plan.ts'
import type { ServersDeps } from './types.ts'

/** For what has nothing to lose any more: a start that failed, the rest of a server that died. */
export const shortGrace: StopGrace = { askMs: 250, terminateMs: 250, killMs: 3000 }

/** Bytes of a token: as many as a key. */
const tokenBytes = 32

/** Finds or makes what a server stands on, and settles everything that its launch needs. */
export async function planRun(
  spec: ServerSpec,
  target: Environment | undefined,
  deps: ServersDeps & { readonly takenPorts: () => ReadonlyMap<number, string> },
  context: JobContext,
  /** Told as soon as an environment is in use. */
  claim: (environment: string) => void,
  /** Where clients of the one before are to find it again, as far as that is still wanted. */
  before?: Kept,
): Promise<RunPlan> {
  const { environments, layout } = deps
  const preparing = firstHalf(context)
  const used = target ?? (await environments.ensure(defaultEnvironmentName, preparing))
  claim(used.name)
  const role = frontRoleOf(spec.transport)
  const admin = role && (await environments.ensureAdmin(preparing))
  if (admin) claim(admin.name)
  const control = controlFor(spec, deps)
  const taken = new Map([...deps.takenPorts()].filter(([, name]) => !sameName(name, spec.name)))
  const kept = before?.transport === spec.transport ? before : undefined
  return {
    spec,
    target: used,
    front: role && admin && { role, admin },
    place: await launchPlace(deps),
    layout,
    address: await poolAddress(spec, deps, kept?.poolToken),
    secrets: deps.secrets,
    control,
    token: role && spec.auth === 'token' ? (kept?.token ?? freshToken()) : null,
    ports: role ? portsToTry(role, spec.port, taken, kept?.port) : [],
    taken,
    grace: shortGrace,
  }
}

/** Where a server that is launched now would find itself. */
export async function launchPlace({
  env,
  engine,
  layout,
  network,
}: Pick<ServersDeps, 'env' | 'engine' | 'layout' | 'network'>): Promise<LaunchPlace> {
  return {
    platform: process.platform,
    env,
    network: (await network?.forServers()) ?? {},
    engine,
    home: layout.home,
    cwd: await workingFolder(env, layout.home),
  }
}

/**
 * An environment that a server can stand on.
 * @throws its problem, where it is broken
 */
export function requireReady(environment: Environment): Environment {
  if (environment.state === 'ready') return environment
  const problem = environment.problem && fromErrorInfo(environment.problem)
  throw new AppError(
    problem?.code ?? 'PYTHON_BROKEN',
    `Environment ${environment.name} is broken${problem ? `: ${problem.message}` : ''}`,
    {
      hint: problem?.hint ?? 'Remove it and make it again.',
      details: { ...problem?.details, environment: environment.name },
    },
  )
}

/** The host's door, where the code may ask it. @throws UNSUPPORTED */
function controlFor({ name, infrastructure }: ServerSpec, { control }: ServersDeps): RunPlan['control'] {
  if (infrastructure === 'none') return undefined
  if (control) return { ...control, scope: infrastructure }
  throw new AppError('UNSUPPORTED', `Server ${name} may ask its host for infrastructure, and there is no host to ask`, {
    hint: 'Start one with `beep-host serve`, or start the server with `--infrastructure none`.',
  })
}

async function poolAddress(spec: ServerSpec, { layout, env }: ServersDeps, token = freshToken()): Promise<PoolAddress> {
  const { address, folder } = localAddress(layout, `server-${spec.name}`, addressContext(env))
  if (folder === undefined) return { path: address, token }
  await privateFolder(folder)
  return { path: address }
}

function freshToken(): string {
  return randomBytes(tokenBytes).toString('base64url')
}

/** The user's home; a service account may have none. */
async function workingFolder(env: NodeJS.ProcessEnv, otherwise: string): Promise<string> {
  const home = (process.platform === 'win32' ? env['USERPROFILE'] : env['HOME']) || homedir()
  return (await stat(home).catch(() => undefined))?.isDirectory() ? home : otherwise
}

/** Making an environment is the first half of a start, at most. */
function firstHalf(context: JobContext): JobContext {
  return {
    signal: context.signal,
    progress: (progress) =>
      context.progress({ ...progress, fraction: progress.fraction === null ? null : progress.fraction / 2 }),
  }
}
