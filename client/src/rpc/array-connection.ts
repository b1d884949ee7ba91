import { connect } from 'node:http2'
import type { ClientHttp2Session } from 'node:http2'
import { status } from '@grpc/grpc-js'
import type { Metadata } from '@grpc/grpc-js'
import { abortable } from '../abort.ts'
import { fetchArray } from './array-call.ts'
import { connectionTimeout } from './error.ts'
import { PieceMemory } from './piece-memory.ts'
import { statusError } from './status.ts'
import { closedError } from '../transport.ts'
import type { Reply } from '../transport.ts'

// An array is not slowed down by asking for more of it every 64 KiB.
const windowBytes = 8 * 1024 * 1024
// The fewer frames, the fewer pieces.
const frameBytes = 1024 * 1024

/**
 * The connection on which arrays come: HTTP/2 as Node has it, without the library around it, which puts together whole messages
 * before it gives them out, and so takes most of the time that an array takes. Made by the first call, and again by the first
 * call after it was lost. At rest it does not keep the process alive.
 */
export class ArrayConnection {
  readonly #connectTimeoutMs: number
  #link: Link | undefined
  #connecting: { readonly address: string; readonly link: Promise<Link> } | undefined
  #isClosed = false

  constructor(connectTimeoutMs: number) {
    this.#connectTimeoutMs = connectTimeoutMs
  }

  /** @throws ServiceError as the library has it; BackendError */
  async fetch(address: string, message: Buffer, metadata: Metadata, signal: AbortSignal): Promise<Reply> {
    const link = this.#connected(address) ?? (await abortable(this.#connect(address), signal))
    if (signal.aborted) throw signal.reason
    return link.fetch(message, metadata, signal)
  }

  close(): void {
    this.#isClosed = true
    this.#link?.session.destroy()
  }

  #connected(address: string): Link | undefined {
    if (this.#isClosed) throw closedError()
    return this.#link?.address === address && this.#link.isUsable ? this.#link : undefined
  }

  /** Calls that come while a connection is being made wait for that one. */
  #connect(address: string): Promise<Link> {
    if (this.#connecting?.address === address) return this.#connecting.link
    const link = this.#open(address).finally(() => {
      if (this.#connecting?.link === link) this.#connecting = undefined
    })
    this.#connecting = { address, link }
    return link
  }

  async #open(address: string): Promise<Link> {
    const session = await opened(address, this.#connectTimeoutMs)
    if (this.#isClosed) {
      session.destroy()
      throw closedError()
    }
    // What is under way at another address goes on to its end.
    this.#link?.session.close()
    this.#link = new Link(address, session)
    return this.#link
  }
}

class Link {
  readonly address: string
  readonly session: ClientHttp2Session
  readonly #memory = new PieceMemory()
  #calls = 0

  constructor(address: string, session: ClientHttp2Session) {
    this.address = address
    this.session = session
  }

  get isUsable(): boolean {
    return !this.session.closed && !this.session.destroyed
  }

  async fetch(message: Buffer, metadata: Metadata, signal: AbortSignal): Promise<Reply> {
    this.#calls += 1
    this.session.ref()
    try {
      return await fetchArray(this.session, message, metadata, signal, (piece) =>
        this.#memory.copied(piece, this.#calls === 1),
      )
    } finally {
      this.#calls -= 1
      if (this.#calls === 0) this.session.unref()
    }
  }
}

/** Waits until the server speaks HTTP/2 with us. */
function opened(address: string, timeoutMs: number): Promise<ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const session = connect(`http://${address}`, {
      settings: { initialWindowSize: windowBytes, maxFrameSize: frameBytes, enablePush: false },
    })
    const failed = (error: Error): void => {
      clearTimeout(timer)
      session.destroy()
      reject(error)
    }
    const timer = setTimeout(() => failed(connectionTimeout(address, timeoutMs)), timeoutMs)
    // Both stay: what is said of a connection that is lost later is said of its calls.
    session.on('error', ({ message }) => failed(notEstablished(message)))
    session.on('close', () => failed(notEstablished('the server hung up')))
    session.once('remoteSettings', () => {
      clearTimeout(timer)
      session.setLocalWindowSize(windowBytes)
      session.unref()
      resolve(session)
    })
  })
}

function notEstablished(why: string): Error {
  return statusError(status.UNAVAILABLE, `No connection established: ${why}`)
}
