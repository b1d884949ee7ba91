import type { CallOptions } from './call-limits.ts'
import type { Environments, HostJobs, Runtimes, Servers } from './host/nouns.ts'
import type { PythonCalls } from './python-calls.ts'
import type { PythonSession, SessionInfo, SessionOptions } from './session.ts'

/** What a server says about itself. */
export interface ServerInfo {
  /** Version of the wire protocol. */
  readonly protocol: number
  /** Version of the Python that runs the code, such as `3.12.1`. */
  readonly python?: string
  /** Process id of the worker, the process that runs the code. */
  readonly pid?: number
  /** How many workers it has; absent where it has one, or does not say. */
  readonly workers?: number
}

/** Python in another process. */
export interface PythonBackend extends PythonCalls, AsyncDisposable {
  readonly transport: 'http' | 'pipe' | 'rpc'
  /** True while the server is known to answer: from the first call that reached it until it cannot be reached or `close`. */
  readonly isInitialized: boolean

  /** Connects and checks that both sides speak the same protocol. Other calls connect by themselves. */
  initialize(options?: CallOptions): Promise<ServerInfo>
  /** A place with names and handles of its own. */
  openSession(options?: SessionOptions & CallOptions): Promise<PythonSession>
  /** All sessions of the server, whoever opened them. */
  listSessions(options?: CallOptions): Promise<SessionInfo[]>

  /** What the server lets its clients ask the host for. */
  readonly environments: Environments
  readonly runtimes: Runtimes
  readonly servers: Servers
  readonly jobs: HostJobs

  /** Cancels what is in flight, lets go of every session, handle and connection. Safe to repeat; never rejects. */
  close(): Promise<void>
}
