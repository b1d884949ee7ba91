import { BackendError } from './errors.ts'

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

const constructors = {
  float64: Float64Array,
  float32: Float32Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
} as const

export type Dtype = keyof typeof constructors

// By tag, not by instanceof: an array may come from another realm (vm contexts, test runners). Uint8Array is absent,
// it means bytes; as an array of numbers it is sent by `ndarray(data, shape)`.
const dtypeOfTag: Readonly<Record<string, Dtype>> = {
  Float64Array: 'float64',
  Float32Array: 'float32',
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
  return typeof value === 'string' && Object.hasOwn(constructors, value)
}

/** Bytes of one number. */
export function widthOf(dtype: Dtype): number {
  return constructors[dtype].BYTES_PER_ELEMENT
}

/** Numbers with a shape, in C order: arrives as a numpy array where numpy is installed. */
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
 * For an argument: an array of any number of dimensions. `dtype` is told from the data, but for `bool`, whose data is a
 * Uint8Array of 0 and 1.
 * @throws BackendError UNSUPPORTED_VALUE when the shape or the dtype does not fit the data.
 */
export function ndarray(data: NumberArray, shape: readonly number[] = [data.length], dtype?: Dtype): NdArray {
  const told = data instanceof Uint8Array ? 'uint8' : dtypeOf(data)
  const chosen = dtype ?? told
  if (chosen === undefined || constructors[chosen].BYTES_PER_ELEMENT !== data.BYTES_PER_ELEMENT) {
    throw new BackendError(
      'UNSUPPORTED_VALUE',
      `A ${data[Symbol.toStringTag]} cannot be sent as ${dtype ?? 'an array'}.`,
    )
  }
  const size = shape.reduce((product, length) => product * length, 1)
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0) || size !== data.length) {
    throw new BackendError(
      'UNSUPPORTED_VALUE',
      `The shape [${shape.join(', ')}] does not hold ${data.length} elements.`,
    )
  }
  return new ShapedArray(data, [...shape], chosen)
}

/** The bytes of any view, without a copy. */
export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}

/** Numbers in received bytes: a view on them where their place in memory permits it, else a copy. Undefined: odd length. */
export function numbersFrom(bytes: Uint8Array, dtype: Dtype): NumberArray | undefined {
  const NumbersArray = constructors[dtype]
  const width = NumbersArray.BYTES_PER_ELEMENT
  if (bytes.byteLength % width !== 0) return undefined
  const source = bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes)
  return new NumbersArray(source.buffer as ArrayBuffer, source.byteOffset, bytes.byteLength / width)
}
