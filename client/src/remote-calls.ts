import { callArguments, executePayload, namedValues } from './call-arguments.ts'
import type { CallOptions } from './call-limits.ts'
import { executionResult } from './execution-event.ts'
import type { ExecuteOptions, Execution } from './execution.ts'
import { listedHandles } from './handle-list.ts'
import type { PythonHandle } from './handle.ts'
import type { NamedValues } from './named-values.ts'
import type { HandleList, PythonCalls } from './python-calls.ts'
import { RemotePlace } from './remote-place.ts'
import { RunningExecution } from './running-execution.ts'
import type { Reply } from './transport.ts'
import type { NdArray } from './values/arrays.ts'
import { decodeArray, decodeTable } from './values/decode.ts'
import { encodeValue, isBulk } from './values/encode.ts'
import type { Outgoing } from './values/encode.ts'
import { floatsOf, rowsOf } from './values/float-arrays.ts'
import type { FloatArray } from './values/float-arrays.ts'
import type { JsonObject } from './values/json.ts'
import type { ArrowTable } from './values/tables.ts'

/** The operations over any transport, in one session or outside of all: arguments to their wire form, replies to values. */
export abstract class RemoteCalls extends RemotePlace implements PythonCalls {
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
        ...(typeof module === 'string' ? { moduleName: module } : { moduleHandleId: this.idOf(module) }),
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
      (out) => ({ handleId: this.idOf(handle), methodName: name, ...callArguments(args, kwargs, out) }),
      options,
      `call ${name}`,
    )
    return this.result(reply)
  }

  async getAttribute<T = unknown>(handle: PythonHandle, name: string, options: CallOptions = {}): Promise<T> {
    const build = (): JsonObject => ({ handleId: this.idOf(handle), attributeName: name })
    return this.result(await this.request('getattr', build, options, `getattr ${name}`))
  }

  async setAttribute(handle: PythonHandle, name: string, value: unknown, options: CallOptions = {}): Promise<void> {
    const build = (out: Outgoing): JsonObject => ({
      handleId: this.idOf(handle),
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
    return this.result(await this.request('eval', build, options, 'eval'))
  }

  execute<T = unknown>(code: string, options: ExecuteOptions = {}): Execution<T> {
    const build = (out: Outgoing): JsonObject => executePayload(code, options, out)
    return new RunningExecution<T>(async (listener, signal) => {
      const limits = { signal, timeoutMs: options.timeoutMs }
      const reply = await this.request('execute', build, limits, 'execute', listener)
      return executionResult(reply.fields, this.result<T>(reply))
    }, options)
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

  async #floats(command: string, handle: PythonHandle, options: CallOptions): Promise<FloatArray> {
    return floatsOf(await this.#form(command, handle, options))
  }

  #form(command: string, handle: PythonHandle, options: CallOptions): Promise<Reply> {
    return this.request(command, () => ({ handleId: this.idOf(handle) }), options, command)
  }
}
