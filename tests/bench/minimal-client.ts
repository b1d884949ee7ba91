import { connect } from 'node:net'
import type { Socket } from 'node:net'

const headBytes = 8

/** The other end of servers/minimal.py, as lean as the SDK's own connection: one write a call, large bodies received in place. */
export class MinimalClient {
  readonly #socket: Socket
  readonly #waiting = new Map<number, (body: Buffer) => void>()
  #next = 1
  #rest = Buffer.alloc(0)
  #large: { readonly id: number; readonly body: Buffer; filled: number } | undefined

  static open(path: string): Promise<MinimalClient> {
    return new Promise((resolve, reject) => {
      const client: { value?: MinimalClient } = {}
      const socket = connect({
        path,
        // One buffer for everything that arrives, as fast clients do: no allocation a chunk.
        onread: {
          buffer: Buffer.alloc(65_536),
          callback: (bytes, buffer) => {
            client.value?.read(Buffer.from(buffer.buffer, buffer.byteOffset, bytes))
            return true
          },
        },
      })
      socket.once('error', reject)
      socket.once('connect', () => resolve((client.value = new MinimalClient(socket))))
    })
  }

  private constructor(socket: Socket) {
    this.#socket = socket
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

  read(chunk: Buffer): void {
    let rest = chunk
    if (this.#large) {
      const taken = rest.copy(this.#large.body, this.#large.filled)
      this.#large.filled += taken
      if (this.#large.filled < this.#large.body.length) return
      this.#finish(this.#large.id, this.#large.body)
      this.#large = undefined
      rest = rest.subarray(taken)
    }
    if (this.#rest.length > 0) rest = Buffer.concat([this.#rest, rest])
    while (rest.length >= headBytes) {
      const length = rest.readUInt32LE(0)
      const id = rest.readUInt32LE(4)
      if (rest.length < headBytes + length) {
        if (length <= 65_536) break
        const body = Buffer.allocUnsafeSlow(length)
        this.#large = { id, body, filled: rest.copy(body, 0, headBytes) }
        this.#rest = Buffer.alloc(0)
        return
      }
      this.#finish(id, Buffer.from(rest.subarray(headBytes, headBytes + length)))
      rest = rest.subarray(headBytes + length)
    }
    this.#rest = Buffer.from(rest)
  }

  #finish(id: number, body: Buffer): void {
    this.#waiting.get(id)?.(body)
    this.#waiting.delete(id)
  }
}
