import { bytesOf, dtypeOf, ShapedArray } from './arrays.ts'
import { BackendError } from '../errors.ts'
import { Handle } from '../handle.ts'
import type { HandleOwner } from '../handle.ts'
import {
  isFrozenSet,
  isoText,
  isTuple,
  PythonComplex,
  PythonFloat,
  PythonText,
  PythonTimedelta,
} from './python-values.ts'
import { surrogatePassBytes } from './surrogates.ts'
import { ArrowTable } from './tables.ts'

/** Where encoded values go: bytes as attachments where the transport carries them, else as base64 in the JSON. */
export interface Outgoing {
  readonly owner: HandleOwner
  readonly attachments: Uint8Array[] | undefined
}

// Deeper than any real value, and below Python's own limit of 1000 nested calls.
const deepest = 900

// What still fits, as base64, into the 64 MiB of an HTTP body.
const largestBase64Bytes = 48 * 1024 * 1024

const reservedKeys = ['$type', 'handleId', 'HandleId'] as const

/**
 * The JSON form of an argument (docs/wire.md §3). Plain parts are not copied.
 * @throws BackendError UNSUPPORTED_VALUE for what has no Python counterpart; HANDLE_DISPOSED, HANDLE_FOREIGN.
 */
export function encodeValue(value: unknown, out: Outgoing, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : { $type: 'str', base64: surrogatePassBytes(value).toString('base64') }
    case 'number':
      return encodeNumber(value)
    case 'boolean':
      return value
    case 'undefined':
      return null
    case 'bigint':
      return encodeBigint(value)
    case 'object':
      return value === null ? null : encodeObject(value, out, depth)
    default:
      throw unsupported(value, 'It has no counterpart in Python.')
  }
}

/**
 * A whole number becomes an int, any other a float. What JSON would turn into another number goes as a float in words:
 * a negative zero would lose its sign, and a double beyond the exact integers would become an int of invented digits.
 */
function encodeNumber(value: number): unknown {
  const plain = Number.isInteger(value) ? Number.isSafeInteger(value) && !Object.is(value, -0) : Number.isFinite(value)
  return plain ? value : encodeFloat(value)
}

function encodeFloat(value: number): unknown {
  if (Number.isNaN(value)) return { $type: 'float', value: 'nan' }
  if (!Number.isFinite(value)) return { $type: 'float', value: value > 0 ? 'inf' : '-inf' }
  return { $type: 'float', value: Object.is(value, -0) ? '-0.0' : String(value) }
}

function encodeBigint(value: bigint): unknown {
  const small = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
  return small ? Number(value) : { $type: 'int', value: value.toString() }
}

function encodeObject(value: object, out: Outgoing, depth: number): unknown {
  if (depth > deepest) throw unsupported(value, 'It contains itself, or is nested too deeply.')
  if (Array.isArray(value)) {
    const items = encodeItems(value, out, depth)
    return isTuple(value) ? { $type: 'tuple', items } : items
  }
  if (value instanceof Handle) return { handleId: value.idFor(out.owner) }
  const prototype: unknown = Object.getPrototypeOf(value)
  // Objects of another realm have another Object.prototype; its own prototype is null all the same.
  if (prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null) {
    return encodePlain(value as Readonly<Record<string, unknown>>, out, depth)
  }
  return encodeSpecial(value, out, depth)
}

function encodeItems(items: readonly unknown[], out: Outgoing, depth: number): readonly unknown[] {
  let copy: unknown[] | undefined
  for (let place = 0; place < items.length; place += 1) {
    const item = items[place]
    const encoded = encodeValue(item, out, depth + 1)
    if (encoded !== item && copy === undefined) copy = [...items]
    if (copy !== undefined) copy[place] = encoded
  }
  return copy ?? items
}

function encodePlain(value: Readonly<Record<string, unknown>>, out: Outgoing, depth: number): unknown {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined)
  const entries = keys.map((key) => [key, encodeValue(value[key], out, depth + 1)] as const)
  if (reservedKeys.some((key) => Object.hasOwn(value, key))) return { $type: 'dict', items: entries }
  return Object.fromEntries(entries)
}

function encodeSpecial(value: object, out: Outgoing, depth: number): unknown {
  if (value instanceof ShapedArray) return encodeArray(value.data, value.dtype, value.shape, out)
  if (value instanceof ArrowTable) return { $type: 'table', ...carry(value.data, out) }
  if (ArrayBuffer.isView(value)) return encodeView(value, out)
  if (value instanceof ArrayBuffer) return encodeBytes(new Uint8Array(value), out)
  if (value instanceof Map) {
    const items = Array.from(value, ([key, item]) => encodeItems([key, item], out, depth))
    return { $type: 'dict', items }
  }
  if (value instanceof Set) {
    return { $type: isFrozenSet(value) ? 'frozenset' : 'set', items: encodeItems([...value], out, depth) }
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw unsupported(value, 'It is no valid date.')
    return { $type: 'datetime', value: isoText(value) }
  }
  if (value instanceof PythonFloat) return encodeFloat(value.value)
  if (value instanceof PythonText) return { $type: value.kind, value: value.text }
  if (value instanceof PythonTimedelta) {
    return { $type: 'timedelta', days: value.days, seconds: value.seconds, microseconds: value.microseconds }
  }
  if (value instanceof PythonComplex) {
    return { $type: 'complex', real: encodeNumber(value.real), imag: encodeNumber(value.imag) }
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    const plain: unknown = value.toJSON()
    if (plain !== value) return encodeValue(plain, out, depth + 1)
  }
  throw unsupported(value, 'Send a plain object, an array or a map; await a promise first.')
}

/** True for what is bytes and little else: a transport may carry it as such even where it has no attachments. */
export function isBulk(value: unknown): boolean {
  if (ArrayBuffer.isView(value)) return dtypeOf(value) !== undefined
  return value instanceof ShapedArray || value instanceof ArrowTable
}

function encodeView(view: ArrayBufferView, out: Outgoing): unknown {
  const dtype = dtypeOf(view)
  if (dtype !== undefined) {
    return encodeArray(view, dtype, [(view as ArrayBufferView & { readonly length: number }).length], out)
  }
  if (view instanceof Uint8Array || view instanceof DataView) return encodeBytes(bytesOf(view), out)
  throw unsupported(view, 'The wire has no such array; copy it into a Float32Array or a Float64Array.')
}

function encodeArray(data: ArrayBufferView, dtype: string, shape: readonly number[], out: Outgoing): unknown {
  return { $type: 'array', ...carry(bytesOf(data), out), dtype, shape }
}

function encodeBytes(bytes: Uint8Array, out: Outgoing): unknown {
  return { $type: 'bytes', ...carry(bytes, out) }
}

function carry(bytes: Uint8Array, out: Outgoing): { attachment: number } | { base64: string } {
  if (out.attachments !== undefined) return { attachment: out.attachments.push(bytes) - 1 }
  if (bytes.byteLength > largestBase64Bytes) {
    throw new BackendError('TOO_LARGE', `${bytes.byteLength} bytes are more than a call over HTTP can carry.`, {
      hint: 'At most 48 MiB of bytes fit into a call over HTTP, 1 GiB in an array that is given to wrap(), or over a pipe.',
      details: { byteLength: bytes.byteLength },
    })
  }
  return { base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') }
}

function unsupported(value: unknown, reason: string): BackendError {
  const what = typeof value === 'object' && value !== null ? (value.constructor?.name ?? 'object') : typeof value
  return new BackendError('UNSUPPORTED_VALUE', `A value of type ${what} cannot be sent to Python. ${reason}`)
}
