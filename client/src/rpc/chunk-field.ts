import { BackendError } from '../errors.ts'
import { Input } from './protobuf-input.ts'
import { wireTypes } from './protobuf.ts'

/** A field of an ArrayChunk: what tells of the array (dtype, shape), its data, or what this version does not know or need. */
export interface ChunkField {
  readonly kind: 'head' | 'data' | 'unknown'
  /** Where its content begins, and how long that is. */
  readonly start: number
  readonly length: number
}

const dataNumber = 3
// Two numbers, of ten bytes at most.
const longestStart = 20

/** The field that begins here. Undefined: not enough of it has come to tell. @throws BackendError PROTOCOL when it is none. */
export function fieldAt(bytes: Uint8Array): ChunkField | undefined {
  const input = new Input(bytes.subarray(0, longestStart))
  const key = numberIn(input, bytes)
  if (key === undefined) return undefined
  const [number, wireType] = [Math.floor(key / 8), key % 8]
  const length = lengthIn(input, bytes, wireType)
  if (length === undefined) return undefined
  if (number < 1 || length < 0) throw noField()
  // What is not bytes is refused with the head, where it is decoded.
  const isData = number === dataNumber && wireType === wireTypes.bytes
  return { kind: isData ? 'data' : number > dataNumber ? 'unknown' : 'head', start: input.position, length }
}

function lengthIn(input: Input, bytes: Uint8Array, wireType: number): number | undefined {
  switch (wireType) {
    case wireTypes.bytes:
      return numberIn(input, bytes)
    case wireTypes.varint:
      return numberIn(input, bytes) === undefined ? undefined : 0
    case wireTypes.fixed32:
      return 4
    case wireTypes.fixed64:
      return 8
    default:
      throw noField()
  }
}

/** Undefined where its end has not come yet. */
function numberIn(input: Input, bytes: Uint8Array): number | undefined {
  try {
    return input.varint()
  } catch {
    if (bytes.byteLength < longestStart) return undefined
    throw noField()
  }
}

function noField(): BackendError {
  return new BackendError('PROTOCOL', 'The server sent something else than an ArrayChunk.')
}
