import type { PythonBackend, ServerInfo } from './backend.ts'
import { hostNouns } from './host/ask.ts'
import type { CallOptions } from './call-limits.ts'
import { callLimits } from './call-limits.ts'
import type { Progress } from './host/models.ts'
import type { JsonObject } from './values/json.ts'
import { progressFrom } from './host/read-models.ts'
import { RemoteCalls } from './remote-calls.ts'
import { openRemoteSession } from './remote-session.ts'
import type { RemoteSession } from './remote-session.ts'
import { serverInfo } from './server-info.ts'
import { sessionInfo, sessionPayload } from './session-info.ts'
import type { PythonSession, SessionInfo, SessionOptions } from './session.ts'
import type { Transport, TransportEvents } from './transport.ts'
import { workerOf } from './worker-ids.ts'

// How long close() waits for the server to confirm that it let go of what is ours; it may be busy with other work.
const farewellMs = 1000

/** The backend over any transport. */
export class TransportBackend extends RemoteCalls implements PythonBackend {
  /** By id, and not held: one that nobody else holds is collected. */
  readonly #sessions = new Map<string, WeakRef<RemoteSession>>()
  readonly #host = hostNouns((command, payload, options, onProgress) =>
    this.#askHost(command, payload, options, onProgress),
  )
  readonly environments = this.#host.environments
  readonly runtimes = this.#host.runtimes
  readonly servers = this.#host.servers
  readonly jobs = this.#host.jobs
  #isInitialized = false
  #closing: Promise<void> | undefined

  constructor(open: (events: TransportEvents) => Transport) {
    super(open, {})
  }

  get transport(): 'http' | 'pipe' | 'rpc' {
    return this.transportUsed.name
  }

  get isInitialized(): boolean {
    return this.#isInitialized
  }

  async initialize(options: CallOptions = {}): Promise<ServerInfo> {
    const { fields } = await this.request('ping', () => ({}), options, 'initialize')
    try {
      const { worker } = fields
      if (typeof worker === 'number' && worker > 0) this.#metWorker(worker) // over gRPC, 0 says that there is one
      return serverInfo(fields)
    } catch (error) {
      this.#isInitialized = false
      throw error
    }
  }

  async openSession(options: SessionOptions & CallOptions = {}): Promise<PythonSession> {
    const { fields } = await this.request('session_open', () => sessionPayload(options), options, 'open a session')
    const session = openRemoteSession(sessionInfo(fields), this.transportUsed, {
      ask: async (command, sessionId, limits) =>
        (await this.request(command, () => ({ sessionId }), limits, command)).fields,
      left: (id) => this.#sessions.delete(id),
    })
    this.#sessions.set(session.id, new WeakRef(session))
    this.#metWorker(workerOf(session.id))
    return session
  }

  async listSessions(options: CallOptions = {}): Promise<SessionInfo[]> {
    const { fields } = await this.request('session_list', () => ({}), options, 'list sessions')
    return Array.isArray(fields['sessions']) ? fields['sessions'].map(sessionInfo) : []
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  override workerLost(worker?: number): void {
    super.workerLost(worker)
    for (const [id, session] of this.#sessions)
      if (worker === undefined || workerOf(id) === worker) session.deref()?.lost()
  }

  protected override reached(isReached: boolean): void {
    if (!this.isClosed) this.#isInitialized = isReached
  }

  async #askHost(
    command: string,
    payload: JsonObject,
    options: CallOptions,
    onProgress: ((progress: Progress) => void) | undefined,
  ): Promise<JsonObject> {
    if (onProgress === undefined) return (await this.request(command, () => payload, options, command)).fields
    const listener = { started() {}, event: (fields: JsonObject) => onProgress(progressFrom(fields)) }
    return (await this.request(command, () => ({ ...payload, progress: true }), options, command, listener)).fields
  }

  async #close(): Promise<void> {
    const wasInitialized = this.#isInitialized
    this.isClosed = true
    this.#isInitialized = false
    this.transportUsed.abandon()
    if (wasInitialized) {
      const limits = callLimits({ timeoutMs: farewellMs }, 'close')
      await Promise.allSettled([
        ...[...this.#sessions.keys()].map((id) => this.#leave(id, limits.signal)),
        ...[...this.handleIds].map((id) => this.release(id, limits.signal)),
      ])
      limits.end()
    }
    this.handleIds.clear()
    this.transportUsed.close()
  }

  #metWorker(worker: number | undefined): void {
    if (worker !== undefined) this.transportUsed.metWorker?.(worker, false)
  }

  async #leave(sessionId: string, signal: AbortSignal | undefined): Promise<void> {
    this.#sessions.get(sessionId)?.deref()?.left()
    await this.transportUsed.request('session_close', { sessionId }, [], signal)
  }
}
