import { BackendError } from '../errors.ts'
import type { ArrayReceiver } from './array.ts'
import { fieldAt } from './chunk-field.ts'
import { decodeMessage } from './protobuf-decode.ts'

// gRPC's own, before each message: whether it is compressed, and its length.
const prefixBytes = 5
// A dtype and a shape take some dozens.
const mostKept = 64 * 1024

/**
 * Takes gRPC's stream of ArrayChunks in pieces that end anywhere. The data in them goes to its place at once: messages are not
 * put together before, which took longer than all else. Nothing of a piece is kept.
 *
 * It goes from field to field, so that nothing depends on where a piece ends. That is why dtype and shape must stand before the
 * data, as everybody writes them, though protobuf would allow any order.
 */
export class ChunkReader {
  readonly #array: ArrayReceiver
  /** What has come of something that is of use only as a whole, and how much of it is needed. */
  #kept: Uint8Array[] = []
  #keptBytes = 0
  #needed = 0
  #messageLeft = 0
  /** Of the field that is being read: data, or what nobody needs. */
  #contentLeft = 0
  #isContentData = false
  /** The fields of this message that tell of the array. */
  #head: Uint8Array[] = []
  #headBytes = 0
  #hasData = false

  constructor(array: ArrayReceiver) {
    this.#array = array
  }

  /** @throws BackendError PROTOCOL: nothing after it can be trusted. */
  take(piece: Uint8Array): void {
    let rest = piece
    while (rest.byteLength > 0) rest = rest.subarray(this.#takeSome(rest))
  }

  /** @throws BackendError PROTOCOL when it ends within a message. */
  end(): void {
    if (this.#keptBytes + this.#messageLeft > 0) throw broken('half a message')
  }

  #takeSome(bytes: Uint8Array): number {
    if (this.#contentLeft > 0) return this.#takeContent(bytes)
    const used = this.#keptBytes === 0 ? this.#begin(bytes) : 0
    return used > 0 ? used : this.#keep(bytes)
  }

  /** Keeps no more than is needed, and uses it as soon as that is there. Answers how much was taken. */
  #keep(bytes: Uint8Array): number {
    // A copy: the piece may be gone before the next one comes.
    const more = new Uint8Array(bytes.subarray(0, this.#needed - this.#keptBytes))
    this.#kept.push(more)
    this.#keptBytes += more.byteLength
    if (this.#keptBytes === this.#needed && this.#begin(Buffer.concat(this.#kept)) > 0) {
      this.#kept = []
      this.#keptBytes = 0
    }
    return more.byteLength
  }

  /** Answers how many bytes are done with. None: `needed` are needed. */
  #begin(bytes: Uint8Array): number {
    return this.#messageLeft === 0 ? this.#beginMessage(bytes) : this.#beginField(bytes)
  }

  #beginMessage(bytes: Uint8Array): number {
    this.#needed = prefixBytes
    if (bytes.byteLength < prefixBytes) return 0
    const view = new DataView(bytes.buffer, bytes.byteOffset, prefixBytes)
    if (view.getUint8(0) !== 0) throw broken('a compressed message, which was not asked for')
    this.#head = []
    this.#headBytes = 0
    this.#hasData = false
    this.#messageLeft = view.getUint32(1)
    this.#passed(0)
    return prefixBytes
  }

  #beginField(bytes: Uint8Array): number {
    const field = fieldAt(bytes)
    this.#needed = field === undefined ? bytes.byteLength + 1 : field.start
    if (this.#needed + (field?.length ?? 0) > this.#messageLeft) throw broken('a message that ends too early')
    if (field === undefined) return 0
    if (field.kind !== 'unknown' && this.#hasData) throw broken('something behind the data')
    if (field.kind === 'head' && !this.#array.isBegun) return this.#takeHead(bytes, field.start + field.length)
    this.#isContentData = field.kind === 'data'
    this.#contentLeft = field.length
    if (this.#isContentData) this.#beginData()
    this.#passed(field.start)
    return field.start
  }

  #takeHead(bytes: Uint8Array, length: number): number {
    this.#needed = length
    if (this.#headBytes + length > mostKept) throw broken('a dtype and a shape that are too long')
    if (bytes.byteLength < length) return 0
    this.#head.push(new Uint8Array(bytes.subarray(0, length)))
    this.#headBytes += length
    this.#passed(length)
    return length
  }

  #takeContent(bytes: Uint8Array): number {
    const taken = Math.min(bytes.byteLength, this.#contentLeft)
    if (this.#isContentData) this.#array.fill(taken < bytes.byteLength ? bytes.subarray(0, taken) : bytes)
    this.#contentLeft -= taken
    this.#passed(taken)
    return taken
  }

  #passed(bytes: number): void {
    this.#messageLeft -= bytes
    if (this.#messageLeft === 0) this.#beginArray()
  }

  #beginData(): void {
    this.#hasData = true
    this.#beginArray()
  }

  #beginArray(): void {
    if (this.#array.isBegun) return
    const { dtype, shape } = decodeMessage('ArrayChunk', Buffer.concat(this.#head))
    this.#array.begin(dtype, shape)
  }
}

function broken(what: string): BackendError {
  return new BackendError('PROTOCOL', `The server sent ${what} in place of a part of an array.`)
}
