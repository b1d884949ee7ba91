import type { CallOptions } from './call-limits.ts'
import { callLimits, codeLimit } from './call-limits.ts'
import { BackendError, ConnectionError, isBackendError } from './errors.ts'
import { Handle, handleFromReply, noHandle } from './handle.ts'
import type { HandleOwner, PythonHandle } from './handle.ts'
import { closedError } from './transport.ts'
import type { ExecutionListener, Reply, Transport, TransportEvents } from './transport.ts'
import { decodeValue } from './values/decode.ts'
import type { Outgoing } from './values/encode.ts'
import type { JsonObject } from './values/json.ts'
import { workerOf } from './worker-ids.ts'

/** Where calls go: one session, or the server outside of all. It sends them, and keeps the handles of the place in view. */
export abstract class RemotePlace implements HandleOwner, TransportEvents {
  protected readonly transportUsed: Transport
  protected readonly handleIds = new Set<string>()
  /** What each payload has, beside what the operation wants: the session. */
  protected readonly placed: JsonObject
  protected isClosed = false
  /** The arguments of the calls in flight: a handle among them must not be garbage-collected before its call ends. */
  readonly #inUse = new Set<unknown>()

  constructor(open: (events: TransportEvents) => Transport, placed: JsonObject) {
    this.transportUsed = open(this)
    this.placed = placed
  }

  async dispose(handle: PythonHandle, options: CallOptions = {}): Promise<void> {
    if (!(handle instanceof Handle)) throw noHandle()
    if (!handle.retire(this) || this.isClosed) return
    this.handleIds.delete(handle.id)
    try {
      await this.request('dispose', () => ({ handleId: handle.id }), options, 'dispose')
    } catch (error) {
      const gone =
        isBackendError(error, 'WORKER_LOST', 'HANDLE_NOT_FOUND', 'SESSION_NOT_FOUND', 'CLOSED') ||
        error instanceof ConnectionError
      if (!gone) throw error
    }
  }

  dropped(id: string): void {
    if (this.handleIds.delete(id)) this.unclaimed(id)
  }

  unclaimed(handleId: string): void {
    this.#met(handleId)
    if (!this.isClosed) this.release(handleId, undefined).catch(() => {})
  }

  workerLost(worker?: number): void {
    if (worker === undefined) this.handleIds.clear()
    else for (const id of this.handleIds) if (workerOf(id) === worker) this.handleIds.delete(id)
  }

  /** Told of every call that reached the server, or could not. */
  protected abstract reached(isReached: boolean): void

  protected release(handleId: string, signal: AbortSignal | undefined): Promise<Reply> {
    return this.transportUsed.request('dispose', { handleId, ...this.placed }, [], signal)
  }

  /** @param build called at once, so that arguments are taken as they are now. */
  protected async request(
    command: string,
    build: (out: Outgoing) => JsonObject,
    options: CallOptions,
    what: string,
    listener?: ExecutionListener,
    isUpload = false,
  ): Promise<Reply> {
    if (this.isClosed) throw closedError()
    const attachments: Uint8Array[] = []
    const attaches = isUpload || this.transportUsed.carriesAttachments
    const out = { owner: this, attachments: attaches ? attachments : undefined }
    const payload = { ...build(out), ...codeLimit(command, options), ...this.placed }
    const limits = callLimits(options, what)
    this.#inUse.add(build)
    try {
      const reply = await (listener === undefined
        ? this.transportUsed.request(command, payload, attachments, limits.signal)
        : this.transportUsed.execute(payload, attachments, limits.signal, listener, command))
      this.reached(true)
      return reply
    } catch (error) {
      if (error instanceof ConnectionError) this.reached(false)
      // From here on the stack leads to the caller, not to the socket that brought the news.
      if (error instanceof BackendError) Error.captureStackTrace(error)
      throw error
    } finally {
      limits.end()
      this.#inUse.delete(build)
    }
  }

  protected idOf(handle: PythonHandle): string {
    if (handle instanceof Handle) return handle.idFor(this)
    throw noHandle()
  }

  protected handleFrom(reply: Reply): Handle {
    const handle = handleFromReply(this, reply.fields)
    this.handleIds.add(handle.id)
    this.#met(handle.id)
    return handle
  }

  /** Of a server with several workers, a handle tells which of them has the object. */
  #met(handleId: string): void {
    const worker = workerOf(handleId)
    if (worker !== undefined) this.transportUsed.metWorker?.(worker, this.placed['sessionId'] === undefined)
  }

  protected result<T>(reply: Reply): T {
    const { fields, attachments, tagged } = reply
    if (fields['isHandle'] === true) return this.handleFrom(reply) as T
    if (!('value' in fields))
      throw new BackendError('PROTOCOL', 'The server answered with neither a value nor a handle.')
    return (tagged ? decodeValue(fields['value'], attachments) : fields['value']) as T
  }
}
