import type { IncomingHttpHeaders } from 'node:http'
import { bodyOf, broken, mostHeadBytes } from './body.ts'
import type { Body } from './body.ts'

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
    this.#body = bodyOf(head.status, head.headers)
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
