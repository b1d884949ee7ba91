import { BackendError } from '../errors.ts'

export type NumberArray =
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | BigUint64Array

// How many items of the JavaScript array make one element, and which array that is.
const layouts = {
  float64: [1, Float64Array],
  float32: [1, Float32Array],
  float16: [1, Uint16Array],
  int8: [1, Int8Array],
  int16: [1, Int16Array],
  int32: [1, Int32Array],
  int64: [1, BigInt64Array],
  uint8: [1, Uint8Array],
  uint16: [1, Uint16Array],
  uint32: [1, Uint32Array],
  uint64: [1, BigUint64Array],
  bool: [1, Uint8Array],
  complex64: [2, Float32Array],
  complex128: [2, Float64Array],
} as const

const times = /^(?:datetime64|timedelta64)(?:\[\d{0,9}(?:Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?$/

/**
 * numpy's names. `float16`: its bits in a Uint16Array, which `float16Numbers` reads. `complex64`, `complex128`: real and
 * imaginary part of each, one after the other. `datetime64[ms]` and its kin: a BigInt64Array that counts these units, since 1970
 * for dates; its smallest value is no time.
 */
export type Dtype = keyof typeof layouts | `datetime64${string}` | `timedelta64${string}`

// By tag, not by instanceof: an array may come from another realm (vm contexts, test runners). Uint8Array is absent,
// it means bytes; as an array of numbers it is sent by `ndarray(data, shape)`.
const dtypeOfTag: Readonly<Record<string, Dtype>> = {
  Float64Array: 'float64',
  Float32Array: 'float32',
  Float16Array: 'float16',
  Int8Array: 'int8',
  Int16Array: 'int16',
  Int32Array: 'int32',
  BigInt64Array: 'int64',
  Uint8ClampedArray: 'uint8',
  Uint16Array: 'uint16',
  Uint32Array: 'uint32',
  BigUint64Array: 'uint64',
}

export function dtypeOf(view: ArrayBufferView): Dtype | undefined {
  const tag = (view as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag]
  return tag === undefined ? undefined : dtypeOfTag[tag]
}

export function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && (Object.hasOwn(layouts, value) || times.test(value))
}

function layoutOf(dtype: Dtype): (typeof layouts)[keyof typeof layouts] {
  return Object.hasOwn(layouts, dtype) ? layouts[dtype as keyof typeof layouts] : layouts.int64
}

/** Bytes of one element. */
export function widthOf(dtype: Dtype): number {
  const [parts, NumbersArray] = layoutOf(dtype)
  return parts * NumbersArray.BYTES_PER_ELEMENT
}

/** An array of any number of dimensions, in C order: in Python a numpy array where numpy is installed. */
export interface NdArray {
  readonly data: NumberArray
  readonly shape: readonly number[]
  readonly dtype: Dtype
}

export class ShapedArray implements NdArray {
  readonly data: NumberArray
  readonly shape: readonly number[]
  readonly dtype: Dtype

  constructor(data: NumberArray, shape: readonly number[], dtype: Dtype) {
    this.data = data
    this.shape = shape
    this.dtype = dtype
  }
}

/**
 * For an argument: an array of any number of dimensions. `dtype` is told from the data, unless the data stands for something
 * else: `bool` (a Uint8Array of 0 and 1), `float16`, complex numbers and times, see Dtype.
 * @param shape without one, one dimension.
 * @throws BackendError UNSUPPORTED_VALUE when the shape or the dtype does not fit the data.
 */
export function ndarray(data: NumberArray, shape?: readonly number[], dtype?: Dtype): NdArray {
  const told = data instanceof Uint8Array ? 'uint8' : dtypeOf(data)
  const chosen = dtype ?? told
  const [parts, NumbersArray] = isDtype(chosen) ? layoutOf(chosen) : [1, undefined]
  if (chosen === undefined || NumbersArray?.BYTES_PER_ELEMENT !== data.BYTES_PER_ELEMENT) {
    throw new BackendError(
      'UNSUPPORTED_VALUE',
      `A ${data[Symbol.toStringTag]} cannot be sent as ${dtype ?? 'an array'}.`,
    )
  }
  const lengths = shape === undefined ? [data.length / parts] : [...shape]
  const size = lengths.reduce((product, length) => product * length, parts)
  if (!lengths.every((length) => Number.isSafeInteger(length) && length >= 0) || size !== data.length) {
    throw new BackendError(
      'UNSUPPORTED_VALUE',
      `The shape [${lengths.join(', ')}] does not hold ${data.length / parts} elements.`,
    )
  }
  return new ShapedArray(data, lengths, chosen)
}

/** The bytes of any view, without a copy. */
export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}

/** Numbers in received bytes: a view on them where their place in memory permits it, else a copy. Undefined: odd length. */
export function numbersFrom(bytes: Uint8Array, dtype: Dtype): NumberArray | undefined {
  const [, NumbersArray] = layoutOf(dtype)
  const width = NumbersArray.BYTES_PER_ELEMENT
  if (bytes.byteLength % widthOf(dtype) !== 0) return undefined
  const source = bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes)
  return new NumbersArray(source.buffer as ArrayBuffer, source.byteOffset, bytes.byteLength / width)
}

/** The numbers of a `float16` array; each of them is one that a Float32Array holds exactly. */
export function float16Numbers(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (word) => {
    const sign = word & 0x8000 ? -1 : 1
    const exponent = (word >> 10) & 0x1f
    const fraction = word & 0x3ff
    if (exponent === 0) return sign * fraction * 2 ** -24
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
  })
}
