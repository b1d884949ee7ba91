import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { eventually } from './eventually.ts'
import { tempFolder } from './temp-folder.ts'
import { frame, readFrames } from './wire-frames.ts'

export interface PoolRequest {
  readonly id: number
  readonly command: string
  readonly payload: Record<string, unknown>
  readonly attachments: readonly Buffer[]
  readonly connection: Socket
  reply(fields: object, ...attachments: readonly Uint8Array[]): void
}

/** A pool that does nothing by itself: a test takes the requests as they come, and answers what it likes, or nothing. */
export class FakePool {
  readonly path: string
  readonly connections: Socket[] = []
  /** Every request so far, in the order of arrival. */
  readonly requests: PoolRequest[] = []
  readonly #server = createServer((socket) => this.#accept(socket))
  #taken = 0

  constructor(path: string) {
    this.path = path
  }

  static async listen(path = join(tempFolder(), 'p.sock')): Promise<FakePool> {
    const pool = new FakePool(path)
    await new Promise<void>((resolve) => pool.#server.listen(path, resolve))
    onTestFinished(() => pool.stop())
    return pool
  }

  /** The next request that no test has taken yet. */
  async next(): Promise<PoolRequest> {
    await eventually(`request ${this.#taken + 1} arrives`, () => this.requests.length > this.#taken)
    const request = this.requests[this.#taken]
    if (request === undefined) throw new Error('unreachable')
    this.#taken += 1
    return request
  }

  /** Answers every request from now on at once; undefined means no answer. */
  answer: ((request: PoolRequest) => object | undefined) | undefined

  async stop(): Promise<void> {
    for (const connection of this.connections) connection.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(socket: Socket): void {
    this.connections.push(socket)
    let rest = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      const read = readFrames(Buffer.concat([rest, chunk]))
      rest = Buffer.from(read.rest)
      for (const { header, body } of read.frames) this.#arrived(socket, header, body)
    })
  }

  #arrived(connection: Socket, header: Record<string, unknown>, body: Buffer): void {
    const { id, command, payload, attachments } = header as unknown as {
      readonly id: number
      readonly command: string
      readonly payload: Record<string, unknown>
      readonly attachments?: readonly number[]
    }
    let end = 0
    const parts = (attachments ?? []).map((length) => body.subarray(end, (end += length)))
    const reply: PoolRequest['reply'] = (fields, ...sent) => {
      connection.write(frame({ id, ...fields }, ...sent))
    }
    const request: PoolRequest = { id, command, payload, attachments: parts, connection, reply }
    this.requests.push(request)
    const fields = this.answer?.(request)
    if (fields !== undefined) reply(fields)
  }
}

export const value = (content: unknown): object => ({ value: content, isHandle: false, typeName: 'object' })
export const handle = (id: string, typeName = 'Thing'): object => ({
  isHandle: true,
  handleId: id,
  typeName,
  repr: `<${typeName}>`,
})
