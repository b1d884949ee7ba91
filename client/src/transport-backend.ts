import type { CallOptions, NamedValues, PythonBackend, ServerInfo } from './backend.ts'
import { callLimits } from './call-limits.ts'
import { callArguments, executePayload, namedValues } from './call-arguments.ts'
import { decodeValue } from './decode.ts'
import { encodeValue } from './encode.ts'
import type { Outgoing } from './encode.ts'
import { BackendError, ConnectionError, isBackendError } from './errors.ts'
import { floatsOf, rowsOf } from './float-arrays.ts'
import type { FloatArray } from './float-arrays.ts'
import { executionResult } from './execution-event.ts'
import type { ExecuteOptions, Execution } from './execution.ts'
import { Handle, handleFromReply, noHandle } from './handle.ts'
import type { HandleOwner, PythonHandle } from './handle.ts'
import type { JsonObject } from './json.ts'
import { RunningExecution } from './running-execution.ts'
import { serverInfo } from './server-info.ts'
import { closedError } from './transport.ts'
import type { ExecutionListener, Reply, Transport, TransportEvents } from './transport.ts'

// How long close() waits for the server to confirm that it let go of our handles; it may be busy with other work.
const farewellMs = 1000

/** The backend over any transport: arguments to their wire form, replies to values, handles kept in view. */
export class TransportBackend implements PythonBackend, HandleOwner, TransportEvents {
  readonly #transport: Transport
  readonly #handleIds = new Set<string>()
  /** The arguments of the calls in flight: a handle among them must not be garbage-collected before its call ends. */
  readonly #inUse = new Set<unknown>()
  #isInitialized = false
  #closing: Promise<void> | undefined

  constructor(open: (events: TransportEvents) => Transport) {
    this.#transport = open(this)
  }

  get transport(): 'http' | 'pipe' | 'rpc' {
    return this.#transport.name
  }

  get isInitialized(): boolean {
    return this.#isInitialized
  }

  async initialize(options: CallOptions = {}): Promise<ServerInfo> {
    const { fields } = await this.#request('ping', () => ({}), options, 'initialize')
    try {
      return serverInfo(fields)
    } catch (error) {
      this.#isInitialized = false
      throw error
    }
  }

  async importModule(name: string, options: CallOptions = {}): Promise<PythonHandle> {
    const reply = await this.#request('import', () => ({ moduleName: name }), options, `import ${name}`)
    return this.#handle(reply)
  }

  async createObject(
    module: PythonHandle | string,
    className: string,
    args: readonly unknown[] = [],
    kwargs: NamedValues = {},
    options: CallOptions = {},
  ): Promise<PythonHandle> {
    const reply = await this.#request(
      'create',
      (out) => ({
        ...(typeof module === 'string' ? { moduleName: module } : { moduleHandleId: this.#idOf(module) }),
        className,
        ...callArguments(args, kwargs, out),
      }),
      options,
      `create ${className}`,
    )
    return this.#handle(reply)
  }

  async callMethod<T = unknown>(
    handle: PythonHandle,
    name: string,
    args: readonly unknown[] = [],
    kwargs: NamedValues = {},
    options: CallOptions = {},
  ): Promise<T> {
    const reply = await this.#request(
      'call',
      (out) => ({ handleId: this.#idOf(handle), methodName: name, ...callArguments(args, kwargs, out) }),
      options,
      `call ${name}`,
    )
    return this.#result(reply)
  }

  async getAttribute<T = unknown>(handle: PythonHandle, name: string, options: CallOptions = {}): Promise<T> {
    const build = (): JsonObject => ({ handleId: this.#idOf(handle), attributeName: name })
    return this.#result(await this.#request('getattr', build, options, `getattr ${name}`))
  }

  async setAttribute(handle: PythonHandle, name: string, value: unknown, options: CallOptions = {}): Promise<void> {
    const build = (out: Outgoing): JsonObject => ({
      handleId: this.#idOf(handle),
      attributeName: name,
      value: encodeValue(value, out),
    })
    await this.#request('setattr', build, options, `setattr ${name}`)
  }

  async evaluate<T = unknown>(code: string, locals: NamedValues = {}, options: CallOptions = {}): Promise<T> {
    const build = (out: Outgoing): JsonObject => ({
      expression: code,
      ...namedValues('locals', locals, out),
    })
    return this.#result(await this.#request('eval', build, options, 'eval'))
  }

  execute<T = unknown>(code: string, options: ExecuteOptions = {}): Execution<T> {
    const build = (out: Outgoing): JsonObject => executePayload(code, options, out)
    return new RunningExecution<T>(async (listener, signal) => {
      const limits = { signal, timeoutMs: options.timeoutMs }
      const reply = await this.#request('execute', build, limits, 'execute', listener)
      return executionResult(reply.fields, this.#result<T>(reply))
    }, options)
  }

  async dispose(handle: PythonHandle, options: CallOptions = {}): Promise<void> {
    if (!(handle instanceof Handle)) throw noHandle()
    if (!handle.retire(this) || this.#closing !== undefined) return
    this.#handleIds.delete(handle.id)
    try {
      await this.#request('dispose', () => ({ handleId: handle.id }), options, 'dispose')
    } catch (error) {
      const gone =
        isBackendError(error, 'WORKER_LOST', 'HANDLE_NOT_FOUND', 'CLOSED') || error instanceof ConnectionError
      if (!gone) throw error
    }
  }

  async toFloatArray(handle: PythonHandle, options: CallOptions = {}): Promise<Float64Array> {
    return (await this.#floats('tofloatarray', handle, options)).data
  }

  async toFloatArray2D(handle: PythonHandle, options: CallOptions = {}): Promise<Float64Array[]> {
    return rowsOf(await this.#floats('tofloatarray2d', handle, options))
  }

  async isModuleAvailable(name: string, options: CallOptions = {}): Promise<boolean> {
    const build = (): JsonObject => ({ moduleName: name })
    const { fields } = await this.#request('module_available', build, options, `module_available ${name}`)
    return fields['available'] === true
  }

  async wrap(value: unknown, options: CallOptions = {}): Promise<PythonHandle> {
    return this.#handle(await this.#request('wrap', (out) => ({ value: encodeValue(value, out) }), options, 'wrap'))
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  // HandleOwner, TransportEvents

  dropped(id: string): void {
    if (this.#handleIds.delete(id)) this.unclaimed(id)
  }

  unclaimed(handleId: string): void {
    if (this.#closing === undefined) this.#release(handleId, undefined).catch(() => {})
  }

  workerLost(): void {
    this.#handleIds.clear()
  }

  async #close(): Promise<void> {
    const wasInitialized = this.#isInitialized
    this.#isInitialized = false
    this.#transport.abandon()
    if (wasInitialized && this.#handleIds.size > 0) {
      const limits = callLimits({ timeoutMs: farewellMs }, 'close')
      await Promise.allSettled([...this.#handleIds].map((id) => this.#release(id, limits.signal)))
      limits.end()
    }
    this.#handleIds.clear()
    this.#transport.close()
  }

  #release(handleId: string, signal: AbortSignal | undefined): Promise<Reply> {
    return this.#transport.request('dispose', { handleId }, [], signal)
  }

  /** @param build called at once, so that arguments are taken as they are now. */
  async #request(
    command: string,
    build: (out: Outgoing) => JsonObject,
    options: CallOptions,
    what: string,
    listener?: ExecutionListener,
  ): Promise<Reply> {
    if (this.#closing !== undefined) throw closedError()
    const attachments: Uint8Array[] = []
    const payload = build({ owner: this, attachments: this.#transport.carriesAttachments ? attachments : undefined })
    const limits = callLimits(options, what)
    this.#inUse.add(build)
    try {
      const reply = await (listener === undefined
        ? this.#transport.request(command, payload, attachments, limits.signal)
        : this.#transport.execute(payload, attachments, limits.signal, listener))
      if (this.#closing === undefined) this.#isInitialized = true
      return reply
    } catch (error) {
      if (error instanceof ConnectionError) this.#isInitialized = false
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

  #handle(reply: Reply): Handle {
    const handle = handleFromReply(this, reply.fields)
    this.#handleIds.add(handle.id)
    return handle
  }

  #result<T>(reply: Reply): T {
    const { fields, attachments, tagged } = reply
    if (fields['isHandle'] === true) return this.#handle(reply) as T
    if (!('value' in fields))
      throw new BackendError('PROTOCOL', 'The server answered with neither a value nor a handle.')
    return (tagged ? decodeValue(fields['value'], attachments) : fields['value']) as T
  }

  async #floats(command: string, handle: PythonHandle, options: CallOptions): Promise<FloatArray> {
    return floatsOf(await this.#request(command, () => ({ handleId: this.#idOf(handle) }), options, command))
  }
}
