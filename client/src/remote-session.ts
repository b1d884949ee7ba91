import type { CallOptions } from './call-limits.ts'
import type { Outgoing } from './values/encode.ts'
import { ConnectionError, isBackendError } from './errors.ts'
import type { JsonObject } from './values/json.ts'
import { RemoteCalls } from './remote-calls.ts'
import { sessionInfo } from './session-info.ts'
import type { PythonSession, SessionInfo } from './session.ts'
import type { ExecutionListener, Reply, Transport, TransportEvents } from './transport.ts'

/** What a session has of the backend that opened it. */
export interface SessionParent {
  /** Asks the server's own socket. */
  ask(command: string, sessionId: string, options: CallOptions): Promise<JsonObject>
  /** It is over. */
  left(sessionId: string): void
}

// A lease is begun anew this many times before it would end.
const beatsPerLease = 3

const droppedSessions = new FinalizationRegistry<() => void>((close) => close())

/** One that keeps its lease alive as long as somebody holds it, and is closed after nobody does. */
export function openRemoteSession(info: SessionInfo, shared: Transport, parent: SessionParent): RemoteSession {
  const session = new RemoteSession(info, shared, parent)
  const held = new WeakRef(session)
  const beat = async (): Promise<void> => {
    const alive = held.deref()
    if (alive?.isOpen === true) await alive.describe().catch(() => {})
    else clearInterval(timer)
  }
  const timer = setInterval(() => void beat(), (info.leaseSeconds * 1000) / beatsPerLease)
  timer.unref()
  const close = (): void => {
    clearInterval(timer)
    // Until the server has said so, it is still the backend's to close: that may be closed itself meanwhile, and waits for it then.
    parent
      .ask('session_close', info.id, {})
      .catch(() => {})
      .finally(() => parent.left(info.id))
  }
  droppedSessions.register(session, close, session)
  return session
}

export class RemoteSession extends RemoteCalls implements PythonSession {
  readonly id: string
  readonly name: string | undefined
  readonly ownProcess: boolean
  readonly #parent: SessionParent
  readonly #ownTransport: Transport | undefined
  #isLost = false
  #closing: Promise<void> | undefined

  constructor(info: SessionInfo, shared: Transport, parent: SessionParent) {
    let own: Transport | undefined
    super(
      (events: TransportEvents) => {
        own = info.path === undefined ? undefined : shared.atPath?.(info.path, events)
        return own ?? shared
      },
      { sessionId: info.id },
    )
    this.id = info.id
    this.name = info.name
    this.ownProcess = info.ownProcess
    this.#parent = parent
    this.#ownTransport = own
  }

  get isOpen(): boolean {
    return !this.isClosed && !this.#isLost
  }

  async describe(options: CallOptions = {}): Promise<SessionInfo> {
    return sessionInfo(await this.#ask('session_heartbeat', options))
  }

  async interrupt(options: CallOptions = {}): Promise<boolean> {
    return (await this.#ask('interrupt', options))['success'] === true
  }

  async reset(options: CallOptions = {}): Promise<void> {
    await this.request('session_reset', () => ({}), options, 'reset the session')
    this.handleIds.clear()
  }

  close(options: CallOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options)
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** The worker that it shared with others is gone. */
  lost(): void {
    if (this.#ownTransport === undefined) this.workerLost()
  }

  /** It is over, or about to be: nothing is asked of it any more. */
  left(): void {
    droppedSessions.unregister(this)
    this.isClosed = true
    this.handleIds.clear()
    this.#ownTransport?.abandon()
    this.#ownTransport?.close()
    this.#parent.left(this.id)
  }

  override workerLost(worker?: number): void {
    super.workerLost(worker)
    this.#isLost = true
  }

  protected override reached(): void {}

  protected override async request(
    command: string,
    build: (out: Outgoing) => JsonObject,
    options: CallOptions,
    what: string,
    listener?: ExecutionListener,
    isUpload = false,
  ): Promise<Reply> {
    try {
      return await super.request(command, build, options, what, listener, isUpload)
    } catch (error) {
      if (isBackendError(error, 'SESSION_NOT_FOUND')) this.#isLost = true
      // Nobody listens there any more: the server knows why.
      if (this.#ownTransport !== undefined && error instanceof ConnectionError)
        await this.#ask('session_heartbeat', options)
      throw error
    }
  }

  async #ask(command: string, options: CallOptions): Promise<JsonObject> {
    try {
      return await this.#parent.ask(command, this.id, options)
    } catch (error) {
      if (isBackendError(error, 'SESSION_NOT_FOUND')) this.#isLost = true
      throw error
    }
  }

  async #close(options: CallOptions): Promise<void> {
    this.left()
    try {
      await this.#parent.ask('session_close', this.id, options)
    } catch (error) {
      const gone =
        isBackendError(error, 'WORKER_LOST', 'SESSION_NOT_FOUND', 'CLOSED') || error instanceof ConnectionError
      if (!gone) throw error
    }
  }
}
