import { BackendError } from '../errors.ts'
import { magic, maxBodyBytes, maxHeaderBytes, prefixBytes } from './frame-writer.ts'
import { parseJsonObject } from '../values/json.ts'
import type { JsonObject } from '../values/json.ts'

/** One answer of a server, from any transport. */
export interface Reply {
  readonly fields: JsonObject
  readonly attachments: readonly Uint8Array[]
  /** False: `fields` holds no `$type`, so there is nothing to decode. */
  readonly tagged: boolean
}

// One read of a local socket seldom brings more; small replies of many calls fit in one.
const sharedBytes = 64 * 1024

const noAttachments: readonly Uint8Array[] = []

/**
 * Takes bytes as they arrive, gives frames. It also says where to put the next bytes: what remains of a large body is
 * read in place, so that an array is never copied on its way from the socket.
 */
export class FrameReader {
  readonly #onFrame: (reply: Reply) => void
  readonly #shared = Buffer.allocUnsafeSlow(sharedBytes)
  readonly #prefix = Buffer.allocUnsafeSlow(prefixBytes)
  // The part of a frame that did not come whole: prefix, header, then body.
  #part: Buffer | undefined
  #filled = 0
  #header: Buffer | undefined
  #bodyBytes = 0
  #inPlace = false

  constructor(onFrame: (reply: Reply) => void) {
    this.#onFrame = onFrame
  }

  /** Where the socket shall put the next bytes. */
  nextBuffer(): Buffer {
    const part = this.#part
    this.#inPlace = part !== undefined && part.length - this.#filled >= sharedBytes
    return part !== undefined && this.#inPlace ? part.subarray(this.#filled) : this.#shared
  }

  /**
   * `count` bytes are in the buffer that `nextBuffer` gave.
   * @throws BackendError PROTOCOL: the stream can no longer be trusted.
   */
  received(count: number): void {
    if (!this.#inPlace) return this.#take(this.#shared.subarray(0, count))
    this.#filled += count
    if (this.#part !== undefined && this.#filled === this.#part.length) this.#partComplete(this.#part)
  }

  #take(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#part === undefined) {
        const end = this.#wholeFrame(chunk, at)
        if (end !== undefined) {
          at = end
          continue
        }
        this.#begin(this.#prefix)
      }
      const part = this.#part ?? this.#prefix
      const taken = chunk.copy(part, this.#filled, at)
      at += taken
      this.#filled += taken
      if (this.#filled === part.length) this.#partComplete(part)
    }
  }

  /** The fast path: a frame that lies in one chunk. Answers where it ends. */
  #wholeFrame(chunk: Buffer, at: number): number | undefined {
    if (chunk.length - at < prefixBytes) return undefined
    const [headerBytes, bodyBytes] = lengthsIn(chunk, at)
    const bodyAt = at + prefixBytes + headerBytes
    const end = bodyAt + bodyBytes
    if (end > chunk.length) return undefined
    const body = bodyBytes === 0 ? undefined : new Uint8Array(chunk.subarray(bodyAt, end))
    this.#onFrame(replyFrom(chunk.toString('utf8', at + prefixBytes, bodyAt), body))
    return end
  }

  #begin(part: Buffer): void {
    this.#part = part
    this.#filled = 0
  }

  #partComplete(part: Buffer): void {
    if (part === this.#prefix) {
      const [headerBytes, bodyBytes] = lengthsIn(part, 0)
      this.#bodyBytes = bodyBytes
      return this.#begin(Buffer.allocUnsafe(headerBytes))
    }
    const header = this.#header ?? part
    if (this.#header === undefined && this.#bodyBytes > 0) {
      this.#header = part
      return this.#begin(Buffer.allocUnsafeSlow(this.#bodyBytes))
    }
    const body = this.#header === undefined ? undefined : new Uint8Array(part.buffer)
    this.#header = undefined
    this.#part = undefined
    this.#onFrame(replyFrom(header.toString('utf8'), body))
  }
}

function lengthsIn(bytes: Buffer, at: number): readonly [header: number, body: number] {
  if (bytes.readUInt32LE(at) !== magic) throw broken('does not speak the frame dialect of Beep Python')
  const headerBytes = bytes.readUInt32LE(at + 4)
  const bodyBytes = bytes.readUInt32LE(at + 8)
  if (headerBytes === 0 || headerBytes > maxHeaderBytes || bodyBytes > maxBodyBytes) {
    throw broken(`announced a frame of impossible size (${headerBytes} + ${bodyBytes} bytes)`)
  }
  return [headerBytes, bodyBytes]
}

function replyFrom(text: string, body: Uint8Array | undefined): Reply {
  const fields = parseJsonObject(text)
  if (fields === undefined) throw broken('sent a header that is no JSON object')
  return { fields, attachments: attachmentsOf(fields['attachments'], body), tagged: text.includes('"$type"') }
}

function attachmentsOf(lengths: unknown, body: Uint8Array | undefined): readonly Uint8Array[] {
  if (lengths === undefined && body === undefined) return noAttachments
  const known = Array.isArray(lengths) && lengths.every((length) => Number.isSafeInteger(length) && length >= 0)
  const list: readonly number[] = known ? lengths : []
  const total = list.reduce((sum, length) => sum + length, 0)
  if (total !== (body?.byteLength ?? 0) || !known) throw broken('sent attachments that do not fill the body')
  let end = 0
  return list.map((length) => (body ?? new Uint8Array()).subarray(end, (end += length)))
}

function broken(what: string): BackendError {
  return new BackendError('PROTOCOL', `The server ${what}.`, {
    hint: 'Check that the address is that of a pipe server, and that client and server are of the same version.',
  })
}
