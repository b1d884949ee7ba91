import { wireTypes } from './protobuf.ts'

/** What a field holds in the bytes, before its type is looked at. */
export type Raw = number | Uint8Array

/** Reads the bytes of a message from their start on. */
export class Input {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.byteLength
  }

  get position(): number {
    return this.#at
  }

  /** What is beyond 2^53 loses its last digits; negative numbers are those of 64 bits. */
  varint(): number {
    let value = 0n
    for (let place = 0n; place < 10n; place += 1n) {
      const byte = this.#bytes[this.#at]
      if (byte === undefined) break
      this.#at += 1
      // Nearly all are of one byte.
      if (place === 0n && byte < 0x80) return byte
      value |= BigInt(byte & 0x7f) << (7n * place)
      if (byte < 0x80) return Number(BigInt.asIntN(64, value))
    }
    throw new Error('a number has no end')
  }

  raw(wireType: number): Raw {
    switch (wireType) {
      case wireTypes.varint:
        return this.varint()
      case wireTypes.fixed64:
        return this.#take(8)
      case wireTypes.fixed32:
        return this.#take(4)
      case wireTypes.bytes:
        return this.#take(this.varint())
      default:
        throw new Error(`there is no wire type ${wireType}`)
    }
  }

  #take(count: number): Uint8Array {
    const end = this.#at + count
    if (!(count >= 0 && end <= this.#bytes.byteLength)) throw new Error('a field has no end')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}
