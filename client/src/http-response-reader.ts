import type { IncomingHttpHeaders } from 'node:http'
import { BackendError } from './errors.ts'

export interface HttpReply {
  readonly status: number
  /** By names in small letters. */
  readonly headers: IncomingHttpHeaders
  /** Memory of its own, from its start on: numbers in it can be viewed in place. */
  readonly body: Uint8Array
}

interface Head {
  readonly status: number
  readonly headers: IncomingHttpHeaders
}

// One read of a local socket seldom brings more; small answers fit in one.
const sharedBytes = 64 * 1024
const mostHeadBytes = 64 * 1024
// Larger announcements are not believed in advance; such a body is collected as it comes.
const preallocatedBytes = 1024 * 1024 * 1024

/**
 * Takes the bytes of one connection as they arrive, gives the answers on it. It also says where to put the next bytes: what
 * remains of a large body of known length is read in place.
 */
export class HttpResponseReader {
  readonly #shared = Buffer.allocUnsafeSlow(sharedBytes)
  #inPlace = false
  /** What has come of a head, or of a line between chunks, that is not whole yet. */
  #rest: Buffer | undefined
  #head: Head | undefined
  #body: Body | undefined

  /** Where the socket shall put the next bytes. */
  nextBuffer(): Buffer {
    const place = this.#body?.place(sharedBytes)
    this.#inPlace = place !== undefined
    return place ?? this.#shared
  }

  /**
   * `count` bytes are in the buffer that `nextBuffer` gave. Answers the reply that they complete.
   * @throws BackendError PROTOCOL: nothing after it on this connection can be trusted.
   */
  received(count: number): HttpReply | undefined {
    if (this.#inPlace) this.#body?.filled(count)
    else this.#take(this.#shared.subarray(0, count))
    return this.#body?.isComplete ? this.#finish(this.#body) : undefined
  }

  /** The server sends nothing more: that ends a body of unknown length. */
  ended(): HttpReply | undefined {
    return this.#body?.endsWithConnection ? this.#finish(this.#body) : undefined
  }

  #take(chunk: Buffer): void {
    const bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk])
    this.#rest = undefined
    const left = this.#body === undefined ? this.#takeHead(bytes) : bytes
    if (this.#body === undefined || left === undefined) return
    const unused = this.#body.take(left)
    if (unused.length === 0) return
    if (this.#body.isComplete) throw broken('sent more than one answer to a question')
    this.#rest = Buffer.from(unused)
  }

  /** Answers what follows the head, if that is whole. */
  #takeHead(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) {
      if (bytes.length > mostHeadBytes) throw broken('sent a head without an end')
      this.#rest = Buffer.from(bytes)
      return undefined
    }
    const head = readHead(bytes.toString('latin1', 0, end))
    const rest = bytes.subarray(end + 4)
    // An interim answer, such as 100 Continue: the real one follows.
    if (head.status < 200) return this.#takeHead(rest)
    this.#head = head
    this.#body = bodyOf(head)
    return rest
  }

  #finish(body: Body): HttpReply {
    const { status, headers } = this.#head ?? { status: 0, headers: {} }
    this.#head = undefined
    this.#body = undefined
    return { status, headers, body: body.whole() }
  }
}

function readHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n')
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1]
  if (status === undefined) throw broken('does not speak HTTP')
  const headers: Record<string, string> = Object.create(null) as Record<string, string>
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon < 1) throw broken('sent a header that is none')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value
  }
  return { status: Number(status), headers }
}

function bodyOf({ status, headers }: Head): Body {
  if (status === 204 || status === 304) return new SizedBody(0)
  const encoding = headers['transfer-encoding']
  if (encoding !== undefined) return /^chunked$/i.test(encoding) ? new ChunkedBody() : new OpenBody()
  const length = headers['content-length']
  if (length === undefined) return new OpenBody()
  if (!/^\d{1,15}$/.test(length)) throw broken('announced a body of impossible size')
  return Number(length) <= preallocatedBytes ? new SizedBody(Number(length)) : new LongBody(Number(length))
}

interface Body {
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

function broken(what: string): BackendError {
  return new BackendError('PROTOCOL', `The server ${what}.`, {
    hint: 'Check that the address is that of a Beep Python server.',
  })
}
