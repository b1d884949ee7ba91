import type { IncomingHttpHeaders } from 'node:http'
import { BackendError } from '../errors.ts'

// Of a head, or of a line between chunks.
export const mostHeadBytes = 64 * 1024
// Larger announcements are not believed in advance; such a body is collected as it comes.
const preallocatedBytes = 1024 * 1024 * 1024

/** The body of an answer as it comes. */
export interface Body {
  readonly isComplete: boolean
  readonly endsWithConnection: boolean
  /** Where at least `least` further bytes may be put; undefined when fewer are to come, or nobody knows. */
  place(least: number): Buffer | undefined
  filled(count: number): void
  /** Takes what is its own; answers what is not, or not whole yet. What it keeps is copied. */
  take(bytes: Buffer): Buffer
  /** In memory of its own. */
  whole(): Uint8Array
}

/** What the head announces. @throws BackendError PROTOCOL */
export function bodyOf(status: number, headers: IncomingHttpHeaders): Body {
  if (status === 204 || status === 304) return new SizedBody(0)
  const encoding = headers['transfer-encoding']
  if (encoding !== undefined) return /^chunked$/i.test(encoding) ? new ChunkedBody() : new OpenBody()
  const length = headers['content-length']
  if (length === undefined) return new OpenBody()
  if (!/^\d{1,15}$/.test(length)) throw broken('announced a body of impossible size')
  return Number(length) <= preallocatedBytes ? new SizedBody(Number(length)) : new LongBody(Number(length))
}

class SizedBody implements Body {
  readonly endsWithConnection = false
  readonly #bytes: Buffer
  #filled = 0

  constructor(length: number) {
    this.#bytes = Buffer.allocUnsafeSlow(length)
  }

  get isComplete(): boolean {
    return this.#filled === this.#bytes.length
  }

  place(least: number): Buffer | undefined {
    return this.#bytes.length - this.#filled >= least ? this.#bytes.subarray(this.#filled) : undefined
  }

  filled(count: number): void {
    this.#filled += count
  }

  take(bytes: Buffer): Buffer {
    const taken = bytes.copy(this.#bytes, this.#filled)
    this.#filled += taken
    return bytes.subarray(taken)
  }

  whole(): Uint8Array {
    return new Uint8Array(this.#bytes.buffer)
  }
}

/** One whose end the connection's end tells. */
class OpenBody implements Body {
  readonly endsWithConnection: boolean = true
  protected size = 0
  readonly #pieces: Buffer[] = []

  get isComplete(): boolean {
    return false
  }

  place(): undefined {
    return undefined
  }

  filled(): void {}

  take(bytes: Buffer): Buffer {
    this.#pieces.push(Buffer.from(bytes))
    this.size += bytes.length
    return bytes.subarray(bytes.length)
  }

  whole(): Uint8Array {
    const whole = Buffer.allocUnsafeSlow(this.size)
    let at = 0
    for (const piece of this.#pieces) at += piece.copy(whole, at)
    return new Uint8Array(whole.buffer)
  }
}

class LongBody extends OpenBody {
  override readonly endsWithConnection = false
  readonly #length: number

  constructor(length: number) {
    super()
    this.#length = length
  }

  override get isComplete(): boolean {
    return this.size === this.#length
  }

  override take(bytes: Buffer): Buffer {
    const own = Math.min(bytes.length, this.#length - this.size)
    super.take(bytes.subarray(0, own))
    return bytes.subarray(own)
  }
}

class ChunkedBody extends OpenBody {
  override readonly endsWithConnection = false
  /** Of the chunk that is under way; then its line end follows. */
  #left = 0
  #inChunk = false
  #inTrailer = false
  #complete = false

  override get isComplete(): boolean {
    return this.#complete
  }

  override take(bytes: Buffer): Buffer {
    let rest = bytes
    while (!this.#complete && rest.length > 0) {
      if (this.#left > 0) {
        const own = Math.min(rest.length, this.#left)
        super.take(rest.subarray(0, own))
        this.#left -= own
        rest = rest.subarray(own)
        continue
      }
      const end = rest.indexOf('\r\n')
      if (end < 0) {
        if (rest.length > mostHeadBytes) throw broken('sent a chunk without a size')
        return rest
      }
      this.#takeLine(rest.toString('latin1', 0, end))
      rest = rest.subarray(end + 2)
    }
    return rest
  }

  #takeLine(line: string): void {
    if (this.#inTrailer) {
      this.#complete = line === ''
      return
    }
    if (this.#inChunk) {
      if (line !== '') throw broken('sent a chunk longer than it had said')
      this.#inChunk = false
      return
    }
    const size = /^([\da-f]{1,13})(?:[ \t]*;.*)?$/i.exec(line)?.[1]
    if (size === undefined) throw broken('sent a chunk without a size')
    this.#left = Number.parseInt(size, 16)
    this.#inTrailer = this.#left === 0
    this.#inChunk = !this.#inTrailer
  }
}

export function broken(what: string): BackendError {
  return new BackendError('PROTOCOL', `The server ${what}.`, {
    hint: 'Check that the address is that of a Beep Python server.',
  })
}
