import path from 'node:path'
import { limitsOf } from '../../contract/index.ts'
import type { ServerSpec, Transport } from '../../contract/index.ts'
import { childEnvironment } from '../platform/index.ts'

/** Everything that a launch needs to know, computed: what runs, with which variables, where, and what it is told first. */
export interface LaunchConfig {
  readonly argv: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** The configuration, for stdin: secrets never stand in argv. Absent: it follows later. */
  readonly firstLine?: string
}

/** An environment as far as a launch cares. */
export interface LaunchEnvironment {
  readonly root: string
  readonly executable: string
}

export interface LaunchPlace {
  readonly platform: NodeJS.Platform
  /** The host's own variables. */
  readonly env: NodeJS.ProcessEnv
  /** The proxy and the certificates of the settings, for the code of users; undefined takes a variable away. */
  readonly network?: Readonly<Record<string, string | undefined>>
  /** The engine's entry file. */
  readonly engine: string
  /** The data root: a client library in user code is to find the same one. */
  readonly home: string
  /** Working folder: the user's home, so that a relative path in user code means what it means in a fresh terminal. */
  readonly cwd: string
}

export interface PoolAddress {
  readonly path: string
  /** Windows only: there the peer cannot be checked by the system. */
  readonly token?: string
}

/** Where a pool answers, and how many workers answer beside it (workerAddresses). */
export interface RunningPool extends PoolAddress {
  readonly workers?: number
}

/** What the pool is told of the host, where its code may ask it. */
export interface Infrastructure {
  readonly scope: 'read' | 'full'
  readonly address: string
  readonly token: string
}

/** -I: nothing from PYTHON* variables, the working folder or the user's site; -X utf8: since -I ignores PYTHONUTF8. */
const interpreterFlags = ['-I', '-X', 'utf8', '-u'] as const

/** The pool runs in the target environment, and so does what user code starts: its own Python comes first on PATH. */
export function poolLaunch(
  spec: ServerSpec,
  environment: LaunchEnvironment,
  address: PoolAddress,
  place: LaunchPlace,
  infrastructure?: Infrastructure,
): LaunchConfig {
  const config = {
    protocol: 1,
    role: 'pool',
    name: spec.name,
    ...address,
    // A fork after macOS frameworks were loaded crashes, and Windows has none.
    start: place.platform === 'linux' ? 'fork' : 'spawn',
    ...(infrastructure ? { infrastructure } : {}),
    ...workersOf(spec),
    // The engine knows what is usual.
    ...limitsOf(spec),
  }
  return {
    argv: [environment.executable, ...interpreterFlags, place.engine, 'pool'],
    env: poolEnvironment(environment, place),
    cwd: place.cwd,
    firstLine: JSON.stringify(config),
  }
}

/** The variables that the code of a server has: the pool's, which its workers inherit. */
export function poolEnvironment(environment: LaunchEnvironment, place: LaunchPlace): Record<string, string> {
  const env = environmentOf(place, place.network)
  return { ...env, ...activation(env, environment, place.platform) }
}

/** The transports that a front speaks, a process before the pool; its role is called like the transport. */
const frontRoles = ['http', 'rpc'] as const
export type FrontRole = (typeof frontRoles)[number]

/** The front that a transport needs; a pipe needs none. */
export function frontRoleOf(transport: Transport): FrontRole | undefined {
  return frontRoles.find((role) => role === transport)
}

/** The front is launched before the pool is ready, to import meanwhile; its configuration follows (frontConfigLine). */
export function frontLaunch(role: FrontRole, admin: LaunchEnvironment, place: LaunchPlace): LaunchConfig {
  return {
    argv: [admin.executable, ...interpreterFlags, place.engine, role],
    env: environmentOf(place),
    cwd: place.cwd,
  }
}

export function frontConfigLine(
  role: FrontRole,
  spec: ServerSpec,
  port: number,
  token: string | null,
  pool: PoolAddress,
): string {
  const { name, cancelOnDisconnect } = spec
  const behind = { ...pool, ...workersOf(spec) }
  return JSON.stringify({ protocol: 1, role, name, host: '127.0.0.1', port, token, pool: behind, cancelOnDisconnect })
}

/** Nothing is said of one worker, as of all that is usual. */
function workersOf({ workers }: ServerSpec): { readonly workers?: number } {
  return workers > 1 ? { workers } : {}
}

/** Where programs look for a server if nobody tells them. */
export const usualPorts: Readonly<Record<FrontRole, number>> = { http: 5678, rpc: 50_051 }

/**
 * The ports to try, in this order. Fixed: that one or none. 0: the child chooses. None: the usual one, unless a server of
 * ours has it, and else the child chooses. Before these the one that it had, where it comes back by itself.
 */
export function portsToTry(
  role: FrontRole,
  port: number | null,
  taken: ReadonlyMap<number, string>,
  before: number | null = null,
): readonly number[] {
  if (port !== null && port !== 0) return [port]
  const usual = usualPorts[role]
  const first = before === null ? [] : [before]
  return [...new Set([...first, ...(port === 0 || taken.has(usual) ? [0] : [usual, 0])])]
}

function environmentOf(place: LaunchPlace, network: LaunchPlace['network'] = {}): Record<string, string> {
  return childEnvironment(place.env, place.platform, { extra: { ...network, ...hostVariables(place) } })
}

/** Set for every process of a server, beside what all children get. */
export function hostVariables({ home }: LaunchPlace): Record<string, string> {
  return { BEEP_HOME: home }
}

/** What the activation of an environment would set. */
export function activation(
  env: Readonly<Record<string, string>>,
  environment: LaunchEnvironment,
  platform: NodeJS.Platform,
): Record<string, string> {
  const own = platform === 'win32' ? path.win32 : path.posix
  // Windows spells it Path more often than not, and two spellings in one environment are undefined behaviour.
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const rest = env[name]
  const first = own.dirname(environment.executable)
  return {
    [name]: rest === undefined ? first : `${first}${own.delimiter}${rest}`,
    VIRTUAL_ENV: environment.root,
  }
}
