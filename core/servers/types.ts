import type {
  AppError,
  CheckedParams,
  Endpoint,
  ExecutionResult,
  InfrastructureScope,
  LogLine,
  Server,
  ServerMetrics,
  ServerVariables,
  UsageSample,
} from '../../contract/index.ts'
import type { Environments } from '../environments/index.ts'
import type { EventHub, Secrets } from '../events/index.ts'
import type { AskingContext, JobContext } from '../jobs/index.ts'
import type { Network } from '../network/index.ts'
import type { Layout } from '../platform/index.ts'
import type { SettingsStore } from '../storage/index.ts'
import type { Inside } from './pool/inside.ts'
import type { RestartClock } from './restarts/restart-clock.ts'

/** The way back to the host, for the code of a server that may ask it. */
export interface ControlAccess {
  /** Of the control door. */
  readonly address: string
  /** A token of that scope, good until it is taken back. */
  readonly grant: (scope: Exclude<InfrastructureScope, 'none'>) => {
    readonly token: string
    readonly revoke: () => void
  }
}

export interface ServersDeps {
  readonly layout: Layout
  readonly settings: Omit<SettingsStore, 'credentials'>
  readonly environments: Pick<Environments, 'get' | 'ensure' | 'ensureAdmin'>
  /** Absent: programs get the proxy of the environment. */
  readonly network?: Pick<Network, 'forServers'>
  readonly events: EventHub
  /** Where the tokens of running servers are kept out of every text. */
  readonly secrets: Secrets
  readonly env: NodeJS.ProcessEnv
  /** `…/beep_engine/__main__.py` */
  readonly engine: string
  /** Absent where no host runs: then no server may ask it. */
  readonly control?: ControlAccess | undefined
  /** Of the restart policy; absent: the system's. */
  readonly clock?: RestartClock
  /** Told about oddities. */
  readonly log?: (text: string) => void
}

/** The servers of this host: saved, launched, watched, stopped, proven gone. */
export interface Servers extends Omit<Inside, 'linkTo'> {
  /** Running and saved ones, by name. */
  readonly list: () => Promise<readonly Server[]>
  /** @throws NOT_FOUND */
  readonly get: (name: string) => Promise<Server>
  /** Settles when a real request was answered. @throws ALREADY_RUNNING, PORT_IN_USE, SERVER_FAILED with its evidence, CANCELLED, TIMEOUT */
  readonly start: (params: CheckedParams<'servers.start'>, context: JobContext) => Promise<Server>
  /** Settles when the tree is gone and the port or socket is free. A stopped one stays as it is. @throws NOT_FOUND */
  readonly stop: (name: string, context?: JobContext) => Promise<Server>
  readonly stopAll: (context?: JobContext) => Promise<readonly Server[]>
  /**
   * Starts every saved server that is not live, a few at a time. Settles with all that run.
   * @throws SERVER_FAILED naming those that did not start, each with its error in the details, CANCELLED
   */
  readonly startAll: (context: JobContext) => Promise<readonly Server[]>
  /** Writes a description down; one that runs takes it up when it starts again. @throws NOT_FOUND, INVALID_PARAMS, UNSUPPORTED */
  readonly save: (params: CheckedParams<'servers.save'>) => Promise<Server>
  readonly restart: (name: string, context: JobContext) => Promise<Server>
  /** Forgets a stopped server. @throws NOT_FOUND, IN_USE while it runs */
  readonly remove: (name: string) => Promise<{ readonly name: string }>
  /**
   * Runs code on a running server, and tells what it shows under the id of the job.
   * @throws NOT_FOUND, NOT_RUNNING, SESSION_NOT_FOUND, and as `execute` in execute.ts
   */
  readonly execute: (
    params: CheckedParams<'servers.execute'>,
    job: string,
    context: AskingContext,
  ) => Promise<ExecutionResult>
  /** @throws NOT_FOUND when no such code runs */
  readonly answerInput: (params: CheckedParams<'servers.answerInput'>) => Promise<{ readonly isTaken: boolean }>
  /** @throws NOT_FOUND, NOT_RUNNING */
  readonly endpoint: (name: string) => Promise<Endpoint>
  /** What a running server took in the last minutes, oldest first; nothing for one that does not run. @throws NOT_FOUND */
  readonly usage: (name: string) => Promise<readonly UsageSample[]>
  /** The variables that its code has, or would have; nothing secret in clear. @throws NOT_FOUND, also where its environment is not there */
  readonly environment: (name: string) => Promise<ServerVariables>
  /** What a running server has done and has in hand. @throws NOT_FOUND, NOT_RUNNING, TIMEOUT, SERVER_FAILED */
  readonly metrics: (name: string) => Promise<ServerMetrics>
  readonly logs: (params: CheckedParams<'servers.logs'>) => Promise<readonly LogLine[]>
  /** Servers that stand on an environment right now, the admin environment included. */
  readonly usedBy: (environment: string) => readonly string[]
  /** Clears away what a killed host left behind. The first start does it, too; a host does it when it begins. */
  readonly reclaim: () => Promise<void>
  /** Saved descriptions that the last look could not understand, for the doctor. */
  readonly problems: () => readonly AppError[]
}
