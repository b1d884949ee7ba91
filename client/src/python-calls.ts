import type { CallOptions } from './call-limits.ts'
import type { ExecuteOptions, Execution } from './execution.ts'
import type { PythonHandle } from './handle.ts'
import type { NamedValues } from './named-values.ts'
import type { NdArray } from './values/arrays.ts'
import type { ArrowTable } from './values/tables.ts'

/** A handle as the server lists it. */
export interface ListedHandle {
  readonly id: string
  readonly typeName: string
  readonly repr: string
}

export interface HandleList {
  /** The oldest ones, at most 1000. */
  readonly handles: readonly ListedHandle[]
  /** How many there are. */
  readonly count: number
}

/**
 * What can be asked of Python. Every call rejects with a BackendError when it fails; `null` always means that Python
 * answered None. What Python returns comes over as a value where JavaScript has one, else as a PythonHandle
 * (`isHandle` tells). Arguments may be anything that the README's table of values lists, and handles of the same place.
 */
export interface PythonCalls {
  importModule(name: string, options?: CallOptions): Promise<PythonHandle>
  /** An instance of a class. With the name of a module, no handle of the module is left behind. Always a handle. */
  createObject(
    module: PythonHandle | string,
    className: string,
    args?: readonly unknown[],
    kwargs?: NamedValues,
    options?: CallOptions,
  ): Promise<PythonHandle>
  /** Calls a method of an object, or a function of a module. */
  callMethod<T = unknown>(
    handle: PythonHandle,
    name: string,
    args?: readonly unknown[],
    kwargs?: NamedValues,
    options?: CallOptions,
  ): Promise<T>
  getAttribute<T = unknown>(handle: PythonHandle, name: string, options?: CallOptions): Promise<T>
  setAttribute(handle: PythonHandle, name: string, value: unknown, options?: CallOptions): Promise<void>
  /** An expression, or a block of statements whose last expression is the result. Names survive in a session only. */
  evaluate<T = unknown>(code: string, locals?: NamedValues, options?: CallOptions): Promise<T>
  /**
   * Runs a block of code (`await` may stand at the top) and tells what it prints, displays and asks while it runs: read
   * the events in the same turn in which you call it, or give callbacks. What there is a callback for is not among the
   * events. Code that asks for input while nobody listens finds its end. Leaving a loop over the events early stops the code.
   */
  execute<T = unknown>(code: string, options?: ExecuteOptions): Execution<T>
  /** Lets go of the object. Safe to repeat, and when its worker or its connection is gone already. */
  dispose(handle: PythonHandle, options?: CallOptions): Promise<void>
  /** The numbers of an array, buffer or sequence of any shape, in C order. */
  toFloatArray(handle: PythonHandle, options?: CallOptions): Promise<Float64Array>
  /** The rows of a two-dimensional array; views on one block of memory. */
  toFloatArray2D(handle: PythonHandle, options?: CallOptions): Promise<Float64Array[]>
  /** An array of any dtype and shape as it is: typed numbers, bools, complex numbers or times. See Dtype. */
  toArray(handle: PythonHandle, options?: CallOptions): Promise<NdArray>
  /** A table of pandas or pyarrow as an Arrow IPC stream; Python needs pyarrow for it. */
  toTable(handle: PythonHandle, options?: CallOptions): Promise<ArrowTable>
  /** Looks for a module without importing it. */
  isModuleAvailable(name: string, options?: CallOptions): Promise<boolean>
  /** Moves a value over and keeps it there. */
  wrap(value: unknown, options?: CallOptions): Promise<PythonHandle>
  /** The handles that there are, here or in this session. */
  listHandles(options?: CallOptions): Promise<HandleList>
}
