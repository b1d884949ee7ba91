import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { eventually } from './eventually.ts'

export interface HttpCall {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** Undefined where the body is none. */
  readonly json: unknown
  readonly response: ServerResponse
  reply(status: number, body: object | string | Uint8Array, headers?: Record<string, string>): void
  /** True once the caller has gone away without an answer. */
  readonly isAbandoned: () => boolean
}

/** An HTTP server that does nothing by itself: a test takes the calls as they come. */
export class FakeHttpServer {
  readonly calls: HttpCall[] = []
  /** Connections accepted so far. */
  connections = 0
  answer: ((call: HttpCall) => void) | undefined
  readonly #server: Server
  #taken = 0

  private constructor() {
    this.#server = createServer((request, response) => void this.#arrived(request, response))
    this.#server.on('connection', () => (this.connections += 1))
  }

  /** @param at a port, 0 for any; or the path of a socket. */
  static async listen(at: number | string = 0): Promise<FakeHttpServer> {
    const server = new FakeHttpServer()
    await new Promise<void>((resolve) =>
      typeof at === 'string' ? server.#server.listen(at, resolve) : server.#server.listen(at, '127.0.0.1', resolve),
    )
    onTestFinished(() => server.stop())
    return server
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async next(): Promise<HttpCall> {
    await eventually(`call ${this.#taken + 1} arrives`, () => this.calls.length > this.#taken)
    const call = this.calls[this.#taken]
    if (call === undefined) throw new Error('unreachable')
    this.#taken += 1
    return call
  }

  /** As a server does with connections that idle. */
  closeIdle(): void {
    this.#server.closeIdleConnections()
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  async #arrived(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const isJson = request.headers['content-type'] === 'application/json'
    let isAbandoned = false
    response.on('close', () => (isAbandoned = !response.writableFinished))
    const call: HttpCall = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body,
      json: isJson ? JSON.parse(body.toString('utf8')) : undefined,
      response,
      reply(status, answer, headers = {}) {
        const bytes = answer instanceof Uint8Array || typeof answer === 'string' ? answer : JSON.stringify(answer)
        const type = answer instanceof Uint8Array ? 'application/octet-stream' : 'application/json'
        response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(bytes), ...headers })
        response.end(bytes)
      },
      isAbandoned: () => isAbandoned,
    }
    this.calls.push(call)
    this.answer?.(call)
  }
}
