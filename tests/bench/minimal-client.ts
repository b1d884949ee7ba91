import { connect } from 'node:net'
import type { Socket } from 'node:net'

const headBytes = 8
/** One read seldom brings more; the rest of a larger body is read straight into its place. */
const sharedBytes = 65_536

/** The other end of servers/minimal.py, no slower than the SDK's own connection: one write a call, no copy of a large body. */
export class MinimalClient {
  readonly #socket: Socket
  readonly #waiting = new Map<number, (body: Buffer) => void>()
  readonly #shared = Buffer.allocUnsafeSlow(sharedBytes)
  #next = 1
  /** What has come of a frame that is not whole yet. */
  #rest: Buffer | undefined
  #large: { readonly id: number; readonly body: Buffer; filled: number } | undefined

  static open(path: string): Promise<MinimalClient> {
    return new Promise((resolve, reject) => {
      const client = new MinimalClient(path)
      client.#socket.once('error', reject)
      client.#socket.once('connect', () => resolve(client))
    })
  }

  private constructor(path: string) {
    this.#socket = connect({
      path,
      onread: {
        buffer: () => this.#large?.body.subarray(this.#large.filled) ?? this.#shared,
        callback: (bytes) => {
          if (this.#large) this.#fill(this.#large, bytes)
          else this.#take(this.#shared.subarray(0, bytes))
          return true
        },
      },
    })
  }

  call(kind: 'E' | 'J' | 'F', body: string): Promise<Buffer> {
    const id = this.#next++
    const length = Buffer.byteLength(body) + 1
    const frame = Buffer.allocUnsafe(headBytes + length)
    frame.writeUInt32LE(length, 0)
    frame.writeUInt32LE(id, 4)
    frame.write(kind + body, headBytes)
    this.#socket.write(frame)
    return new Promise((resolve) => this.#waiting.set(id, resolve))
  }

  close(): void {
    this.#socket.destroy()
  }

  #fill(large: { readonly id: number; readonly body: Buffer; filled: number }, bytes: number): void {
    large.filled += bytes
    if (large.filled < large.body.length) return
    this.#large = undefined
    this.#finish(large.id, large.body)
  }

  #take(chunk: Buffer): void {
    let rest = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    this.#rest = undefined
    while (rest.length >= headBytes) {
      const length = rest.readUInt32LE(0)
      const id = rest.readUInt32LE(4)
      if (rest.length < headBytes + length) {
        if (length <= sharedBytes) break
        const body = Buffer.allocUnsafeSlow(length)
        this.#large = { id, body, filled: rest.copy(body, 0, headBytes) }
        return
      }
      // The answer is read before the next chunk overwrites the shared buffer only if it is copied.
      this.#finish(id, Buffer.from(rest.subarray(headBytes, headBytes + length)))
      rest = rest.subarray(headBytes + length)
    }
    if (rest.length > 0) this.#rest = Buffer.from(rest)
  }

  #finish(id: number, body: Buffer): void {
    this.#waiting.get(id)?.(body)
    this.#waiting.delete(id)
  }
}
