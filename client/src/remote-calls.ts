import type { NdArray } from './arrays.ts'
import type { CallOptions, HandleList, NamedValues, PythonCalls } from './backend.ts'
import { callArguments, executePayload, namedValues } from './call-arguments.ts'
import { callLimits, codeLimit } from './call-limits.ts'
import { decodeArray, decodeTable, decodeValue } from './decode.ts'
import { encodeValue, isBulk } from './encode.ts'
import type { Outgoing } from './encode.ts'
import { BackendError, ConnectionError, isBackendError } from './errors.ts'
import { executionResult } from './execution-event.ts'
import type { ExecuteOptions, Execution } from './execution.ts'
import { floatsOf, rowsOf } from './float-arrays.ts'
import type { FloatArray } from './float-arrays.ts'
import { listedHandles } from './handle-list.ts'
import { Handle, handleFromReply, noHandle } from './handle.ts'
import type { HandleOwner, PythonHandle } from './handle.ts'
import type { JsonObject } from './json.ts'
import { RunningExecution } from './running-execution.ts'
import type { ArrowTable } from './tables.ts'
import { closedError } from './transport.ts'
import type { ExecutionListener, Reply, Transport, TransportEvents } from './transport.ts'
import { workerOf } from './worker-ids.ts'

/**
 * The operations over any transport, in one session or outside of all: arguments to their wire form, replies to values,
 * handles kept in view.
 */
export abstract class RemoteCalls implements PythonCalls, HandleOwner, TransportEvents {
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

  async importModule(name: string, options: CallOptions = {}): Promise<PythonHandle> {
    const reply = await this.request('import', () => ({ moduleName: name }), options, `import ${name}`)
    return this.handleFrom(reply)
  }

  async createObject(
    module: PythonHandle | string,
    className: string,
    args: readonly unknown[] = [],
    kwargs: NamedValues = {},
    options: CallOptions = {},
  ): Promise<PythonHandle> {
    const reply = await this.request(
      'create',
      (out) => ({
        ...(typeof module === 'string' ? { moduleName: module } : { moduleHandleId: this.#idOf(module) }),
        className,
        ...callArguments(args, kwargs, out),
      }),
      options,
      `create ${className}`,
    )
    return this.handleFrom(reply)
  }

  async callMethod<T = unknown>(
    handle: PythonHandle,
    name: string,
    args: readonly unknown[] = [],
    kwargs: NamedValues = {},
    options: CallOptions = {},
  ): Promise<T> {
    const reply = await this.request(
      'call',
      (out) => ({ handleId: this.#idOf(handle), methodName: name, ...callArguments(args, kwargs, out) }),
      options,
      `call ${name}`,
    )
    return this.#result(reply)
  }

  async getAttribute<T = unknown>(handle: PythonHandle, name: string, options: CallOptions = {}): Promise<T> {
    const build = (): JsonObject => ({ handleId: this.#idOf(handle), attributeName: name })
    return this.#result(await this.request('getattr', build, options, `getattr ${name}`))
  }

  async setAttribute(handle: PythonHandle, name: string, value: unknown, options: CallOptions = {}): Promise<void> {
    const build = (out: Outgoing): JsonObject => ({
      handleId: this.#idOf(handle),
      attributeName: name,
      value: encodeValue(value, out),
    })
    await this.request('setattr', build, options, `setattr ${name}`)
  }

  async evaluate<T = unknown>(code: string, locals: NamedValues = {}, options: CallOptions = {}): Promise<T> {
    const build = (out: Outgoing): JsonObject => ({
      expression: code,
      ...namedValues('locals', locals, out),
    })
    return this.#result(await this.request('eval', build, options, 'eval'))
  }

  execute<T = unknown>(code: string, options: ExecuteOptions = {}): Execution<T> {
    const build = (out: Outgoing): JsonObject => executePayload(code, options, out)
    return new RunningExecution<T>(async (listener, signal) => {
      const limits = { signal, timeoutMs: options.timeoutMs }
      const reply = await this.request('execute', build, limits, 'execute', listener)
      return executionResult(reply.fields, this.#result<T>(reply))
    }, options)
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

  async toFloatArray(handle: PythonHandle, options: CallOptions = {}): Promise<Float64Array> {
    return (await this.#floats('tofloatarray', handle, options)).data
  }

  async toFloatArray2D(handle: PythonHandle, options: CallOptions = {}): Promise<Float64Array[]> {
    return rowsOf(await this.#floats('tofloatarray2d', handle, options))
  }

  async toArray(handle: PythonHandle, options: CallOptions = {}): Promise<NdArray> {
    const { fields, attachments } = await this.#form('toarray', handle, options)
    return decodeArray(fields['data'], attachments)
  }

  async toTable(handle: PythonHandle, options: CallOptions = {}): Promise<ArrowTable> {
    const { fields, attachments } = await this.#form('totable', handle, options)
    return decodeTable(fields['data'], attachments)
  }

  async isModuleAvailable(name: string, options: CallOptions = {}): Promise<boolean> {
    const build = (): JsonObject => ({ moduleName: name })
    const { fields } = await this.request('module_available', build, options, `module_available ${name}`)
    return fields['available'] === true
  }

  async wrap(value: unknown, options: CallOptions = {}): Promise<PythonHandle> {
    const build = (out: Outgoing): JsonObject => ({ value: encodeValue(value, out) })
    return this.handleFrom(await this.request('wrap', build, options, 'wrap', undefined, isBulk(value)))
  }

  async listHandles(options: CallOptions = {}): Promise<HandleList> {
    return listedHandles((await this.request('handles_list', () => ({}), options, 'list handles')).fields)
  }

  // HandleOwner, TransportEvents

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

  // For those that extend it

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

  #idOf(handle: PythonHandle): string {
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

  #result<T>(reply: Reply): T {
    const { fields, attachments, tagged } = reply
    if (fields['isHandle'] === true) return this.handleFrom(reply) as T
    if (!('value' in fields))
      throw new BackendError('PROTOCOL', 'The server answered with neither a value nor a handle.')
    return (tagged ? decodeValue(fields['value'], attachments) : fields['value']) as T
  }

  async #floats(command: string, handle: PythonHandle, options: CallOptions): Promise<FloatArray> {
    return floatsOf(await this.#form(command, handle, options))
  }

  #form(command: string, handle: PythonHandle, options: CallOptions): Promise<Reply> {
    return this.request(command, () => ({ handleId: this.#idOf(handle) }), options, command)
  }
}
