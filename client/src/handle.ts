import { BackendError } from './errors.ts'
import { isJsonObject } from './values/json.ts'
import type { JsonObject } from './values/json.ts'

/**
 * A reference to an object that lives in the Python process. Usable as an argument of any call on the same backend, also
 * inside arrays, objects and maps. Dispose of it when done: `await using`, or `backend.dispose(handle)`. One that is
 * merely dropped is disposed of in the background after it was garbage-collected.
 */
export interface PythonHandle extends AsyncDisposable {
  /** Opaque; valid as long as the worker process lives. */
  readonly id: string
  /** `module.qualname` of the object's class, without `builtins.` */
  readonly typeName: string
  /** What Python's `repr()` said when the handle was made, at most 200 characters. */
  readonly repr: string
  /** Arrays only. */
  readonly shape?: readonly number[]
  readonly dtype?: string
  /** Modules only. */
  readonly moduleName?: string
  readonly isDisposed: boolean
}

/** What stands behind a handle: the backend that got it. */
export interface HandleOwner {
  dispose(handle: PythonHandle): Promise<void>
  /** Called some time after a handle was garbage-collected without having been disposed of. */
  dropped(id: string): void
}

interface Dropped {
  readonly owner: HandleOwner
  readonly id: string
}

const droppedHandles = new FinalizationRegistry<Dropped>(({ owner, id }) => owner.dropped(id))

export class Handle implements PythonHandle {
  readonly id: string
  readonly typeName: string
  readonly repr: string
  declare readonly shape?: readonly number[]
  declare readonly dtype?: string
  declare readonly moduleName?: string
  readonly #owner: HandleOwner
  #disposed = false

  constructor(owner: HandleOwner, id: string, reply: JsonObject) {
    const { typeName, repr, shape, dtype, moduleName } = reply
    this.id = id
    this.typeName = typeof typeName === 'string' ? typeName : 'object'
    if (Array.isArray(shape)) this.shape = shape.map(Number)
    if (typeof dtype === 'string') this.dtype = dtype
    if (typeof moduleName === 'string') this.moduleName = moduleName
    this.repr = typeof repr === 'string' ? repr : `<${this.typeName} ${this.moduleName ?? id}>`
    this.#owner = owner
    droppedHandles.register(this, { owner, id }, this)
  }

  get isDisposed(): boolean {
    return this.#disposed
  }

  /**
   * The id, for a call on `owner`.
   * @throws BackendError HANDLE_DISPOSED, or HANDLE_FOREIGN when the handle came from another backend.
   */
  idFor(owner: HandleOwner): string {
    this.#checkOwner(owner)
    if (this.#disposed) {
      throw new BackendError('HANDLE_DISPOSED', `The handle ${this.#label()} was used after it had been disposed of.`, {
        hint: 'Keep the handle until its last use, or get the object again.',
      })
    }
    return this.id
  }

  /** True the first time: from then on nobody can use the handle. */
  retire(owner: HandleOwner): boolean {
    this.#checkOwner(owner)
    if (this.#disposed) return false
    this.#disposed = true
    droppedHandles.unregister(this)
    return true
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#owner.dispose(this)
  }

  #checkOwner(owner: HandleOwner): void {
    if (owner === this.#owner) return
    throw new BackendError('HANDLE_FOREIGN', `The handle ${this.#label()} belongs to another backend.`, {
      hint: 'An object lives in one server; get it again through the backend that shall use it.',
    })
  }

  #label(): string {
    return `${this.id} (${this.typeName})`
  }
}

/** True for a handle: tells a result that stayed in Python from one that came over as a value. */
export function isHandle(value: unknown): value is PythonHandle {
  return value instanceof Handle
}

/** @throws BackendError PROTOCOL when the reply names no handle. */
export function handleFromReply(owner: HandleOwner, reply: JsonObject): Handle {
  const id = reply['handleId']
  if (typeof id !== 'string' || id === '') {
    throw new BackendError('PROTOCOL', 'The server announced a handle and sent no handle id.', {
      details: { reply: isJsonObject(reply) ? Object.keys(reply) : [] },
    })
  }
  return new Handle(owner, id, reply)
}

/** For a caller that gave something else where a handle belongs. */
export function noHandle(): BackendError {
  return new BackendError('BAD_REQUEST', 'A handle was expected, and something else was given.', {
    hint: 'A result is a handle only if it stayed in Python: ask isHandle(result), or wrap(value).',
  })
}
