import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { BackendError } from '../errors.ts'
import { HttpResponseReader } from './response-reader.ts'
import type { HttpReply } from './response-reader.ts'

export interface HttpQuestion {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
}

export interface HttpOrigin {
  readonly host: string
  readonly port: number
}

export interface ConnectionLimits {
  readonly connectTimeoutMs: number
  /** One that has idled for so long closes itself. */
  readonly idleMs: number
}

interface Asked {
  readonly resolve: (reply: HttpReply) => void
  readonly reject: (reason: unknown) => void
}

/**
 * One connection that answers one question after another. Node's own client takes longer for each of them than the server does,
 * for what nobody needs here. While nothing is asked it does not keep the process alive.
 */
export class HttpConnection {
  readonly origin: HttpOrigin
  readonly #socket: Socket
  readonly #host: string
  readonly #reader = new HttpResponseReader()
  readonly #onIdle: (connection: HttpConnection) => void
  readonly #onGone: (connection: HttpConnection) => void
  #asked: Asked | undefined
  /** All of the question is with the system. */
  #isSent = true
  #isGone = false

  /**
   * @param onIdle called when it can be asked again.
   * @param onGone called once, when it cannot any more.
   */
  constructor(
    origin: HttpOrigin,
    limits: ConnectionLimits,
    onIdle: (connection: HttpConnection) => void,
    onGone: (connection: HttpConnection) => void,
  ) {
    this.origin = origin
    this.#onIdle = onIdle
    this.#onGone = onGone
    const { host, port } = origin
    this.#host = `${host.includes(':') ? `[${host}]` : host}:${port}`
    const socket = connect({
      host,
      port,
      noDelay: true,
      onread: { buffer: () => this.#reader.nextBuffer(), callback: (count) => this.#received(count) },
    })
    this.#socket = socket
    const timer = setTimeout(() => {
      const message = `no connection within ${limits.connectTimeoutMs} ms`
      socket.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }))
    }, limits.connectTimeoutMs)
    socket.once('connect', () => clearTimeout(timer))
    socket.setTimeout(limits.idleMs, () => {
      // Gone at once: until the socket says so itself, it could be asked again.
      if (this.#asked === undefined) this.#end(hungUp())
    })
    socket.on('error', (error) => this.#end(error))
    socket.on('end', () => this.#ended())
    socket.on('close', () => {
      clearTimeout(timer)
      this.#end(hungUp())
    })
  }

  /** Only when it is new, or idle. Rejects with a system's error, or a BackendError PROTOCOL. */
  ask(question: HttpQuestion): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      let head: string
      try {
        head = headOf(question, this.#host)
      } catch (error) {
        this.#end(hungUp())
        throw error
      }
      this.#asked = { resolve, reject }
      this.#socket.ref()
      const { body } = question
      if (body === undefined || typeof body === 'string') {
        this.#socket.write(body === undefined ? head : head + body)
        return
      }
      this.#isSent = false
      this.#socket.cork()
      this.#socket.write(head)
      this.#socket.write(body, () => (this.#isSent = true))
      this.#socket.uncork()
    })
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #received(count: number): boolean {
    try {
      if (this.#asked === undefined) throw hungUp() // nothing was asked
      const reply = this.#reader.received(count)
      if (reply !== undefined) this.#answered(reply)
    } catch (error) {
      this.#end(error)
    }
    return true
  }

  #answered(reply: HttpReply): void {
    const asked = this.#asked
    this.#asked = undefined
    // An answer may come before all of the question was sent. What is still to be sent would be taken for the next one.
    if (!this.#isSent || /\bclose\b/i.test(String(reply.headers['connection']))) this.#end(hungUp())
    else {
      this.#socket.unref()
      this.#onIdle(this)
    }
    asked?.resolve(reply)
  }

  /** The server sends nothing more. */
  #ended(): void {
    const reply = this.#asked === undefined ? undefined : this.#reader.ended()
    if (reply !== undefined) {
      this.#asked?.resolve(reply)
      this.#asked = undefined
    }
    this.#end(hungUp())
  }

  #end(reason: unknown): void {
    if (this.#isGone) return
    this.#isGone = true
    this.#asked?.reject(reason)
    this.#asked = undefined
    this.#socket.destroy()
    this.#onGone(this)
  }
}

const allowedInHead = /^[\t\x20-\x7e]*$/u

function headOf({ method, path, headers, body }: HttpQuestion, host: string): string {
  if (path.includes(' ') || !allowedInHead.test(path) || !allowedInHead.test(host)) throw notAllowed('the address')
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n`
  for (const [name, value] of Object.entries(headers)) {
    if (!allowedInHead.test(value)) throw notAllowed(`the header ${name}`)
    head += `${name}: ${value}\r\n`
  }
  if (body !== undefined) head += `content-length: ${Buffer.byteLength(body)}\r\n`
  return `${head}\r\n`
}

/** Never with the value: it may be the token. */
function notAllowed(what: string): BackendError {
  return new BackendError('BAD_REQUEST', `A character in ${what} cannot stand in an HTTP request.`, {
    hint: 'Often it is the line end behind a token that was read from a file.',
  })
}

function hungUp(): Error {
  return Object.assign(new Error('the server hung up'), { code: 'ECONNRESET' })
}
