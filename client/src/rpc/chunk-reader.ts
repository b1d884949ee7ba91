import { BackendError } from '../errors.ts'
import type { ArrayReceiver } from './array.ts'
import { decodeMessage } from './protobuf-decode.ts'
import { Input } from './protobuf-input.ts'
import { wireTypes } from './protobuf.ts'

// gRPC's own, before each message: whether it is compressed, and its length.
const prefixBytes = 5
// The third field of its message.
const dataKey = 3 * 8 + wireTypes.bytes
// Of what is not data. Our servers need some dozens.
const mostKept = 4 * 1024 * 1024

/**
 * Takes gRPC's stream of ArrayChunks in pieces that end anywhere. The data in them goes to its place at once: messages are not
 * put together before, which took longer than all else. Nothing of a piece is kept.
 */
export class ChunkReader {
  readonly #array: ArrayReceiver
  /** What has come of a message before its data. */
  #kept: Uint8Array = new Uint8Array()
  #dataLeft = 0
  /** What follows the data in its message: nothing that counts. */
  #behindLeft = 0

  constructor(array: ArrayReceiver) {
    this.#array = array
  }

  /** @throws BackendError PROTOCOL: nothing after it can be trusted. */
  take(piece: Uint8Array): void {
    let rest = this.#takeKnown(piece)
    while (rest.byteLength > 0) {
      const bytes = this.#kept.byteLength === 0 ? rest : Buffer.concat([this.#kept, rest])
      const used = this.#takeBeginning(bytes)
      if (used === 0) {
        if (bytes.byteLength > mostKept) throw broken('a message that is too long')
        // A copy: the piece may be gone before the next one comes.
        this.#kept = new Uint8Array(bytes)
        return
      }
      this.#kept = new Uint8Array()
      rest = this.#takeKnown(bytes.subarray(used))
    }
  }

  /** @throws BackendError PROTOCOL when it ends within a message. */
  end(): void {
    if (this.#kept.byteLength + this.#dataLeft + this.#behindLeft > 0) throw broken('half a message')
  }

  /** Of a message whose beginning has come. Answers what follows. */
  #takeKnown(bytes: Uint8Array): Uint8Array {
    const data = Math.min(bytes.byteLength, this.#dataLeft)
    if (data > 0) this.#array.fill(data < bytes.byteLength ? bytes.subarray(0, data) : bytes)
    this.#dataLeft -= data
    const behind = Math.min(bytes.byteLength - data, this.#behindLeft)
    this.#behindLeft -= behind
    return bytes.subarray(data + behind)
  }

  /** Takes a message up to its data, or a whole one. Answers how many bytes that were; none: more of it must come. */
  #takeBeginning(bytes: Uint8Array): number {
    if (bytes.byteLength < prefixBytes) return 0
    const view = new DataView(bytes.buffer, bytes.byteOffset, prefixBytes)
    if (view.getUint8(0) !== 0) throw broken('a compressed message, which was not asked for')
    const length = view.getUint32(1)
    const message = bytes.subarray(prefixBytes, prefixBytes + length)
    if (message.byteLength === length) {
      this.#array.take(decodeMessage('ArrayChunk', message))
      return prefixBytes + length
    }
    const data = placeOfData(message)
    if (data === undefined || !this.#isAwaited(message.subarray(0, data.key))) return 0
    if (data.start + data.length > length) throw broken('a message that ends too early')
    this.#dataLeft = data.length
    this.#behindLeft = length - data.start - data.length
    return prefixBytes + data.start
  }

  /** It is known of which array the data are, if not before then by the fields that stand before them. */
  #isAwaited(fields: Uint8Array): boolean {
    if (this.#array.isBegun) return true
    const { dtype, shape } = decodeMessage('ArrayChunk', fields)
    if (dtype === '') return false
    this.#array.begin(dtype, shape)
    return true
  }
}

interface Place {
  /** Where the field begins with its key, and where its content does. */
  readonly key: number
  readonly start: number
  readonly length: number
}

/** Undefined where its beginning has not come yet. */
function placeOfData(message: Uint8Array): Place | undefined {
  const input = new Input(message)
  try {
    while (!input.atEnd) {
      const key = input.position
      const kind = input.varint()
      if (kind === dataKey) {
        const length = input.varint()
        return { key, start: input.position, length }
      }
      input.raw(kind % 8)
    }
  } catch {
    // A field that has only begun; or none at all, which is said when the message is whole.
  }
  return undefined
}

function broken(what: string): BackendError {
  return new BackendError('PROTOCOL', `The server sent ${what} in place of a part of an array.`)
}
