import { decodeArray } from './decode.ts'
import { BackendError } from '../errors.ts'
import type { Reply } from '../transport.ts'

export interface FloatArray {
  readonly data: Float64Array
  readonly shape: readonly number[]
}

/** @throws BackendError PROTOCOL when the reply holds no float64 array. */
export function floatsOf(reply: Reply): FloatArray {
  const { data, shape } = decodeArray(reply.fields['data'], reply.attachments)
  if (data instanceof Float64Array) return { data, shape }
  throw new BackendError('PROTOCOL', 'The server sent an array of another type than float64.')
}

/** The rows, as views on the one array. */
export function rowsOf({ data, shape }: FloatArray): Float64Array[] {
  const [rows, columns] = shape
  if (rows === undefined || columns === undefined || shape.length !== 2) {
    throw new BackendError('PROTOCOL', `The server sent an array of ${shape.length} dimensions instead of 2.`)
  }
  return Array.from({ length: rows }, (_, row) => data.subarray(row * columns, (row + 1) * columns))
}
