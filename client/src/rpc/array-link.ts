import { connect } from 'node:http2'
import type { ClientHttp2Session } from 'node:http2'
import { status } from '@grpc/grpc-js'
import type { Metadata } from '@grpc/grpc-js'
import { beginArray, fetchArray } from './array-call.ts'
import { connectionTimeout } from './error.ts'
import { PieceMemory } from './piece-memory.ts'
import { statusError } from './status.ts'
import type { Reply } from '../transport.ts'

// An array is not slowed down by asking for more of it every 64 KiB.
const windowBytes = 8 * 1024 * 1024
// The fewer frames, the fewer pieces.
const frameBytes = 1024 * 1024

/** A session that is open, and the calls on it. At rest it does not keep the process alive. */
export class ArrayLink {
  readonly address: string
  readonly #session: ClientHttp2Session
  readonly #memory = new PieceMemory()
  #streams = 0

  constructor(address: string, session: ClientHttp2Session) {
    this.address = address
    this.#session = session
  }

  get isUsable(): boolean {
    return !this.#session.closed && !this.#session.destroyed
  }

  /** Takes no more calls. Those under way go on to their end. */
  leave(): void {
    this.#session.close()
  }

  /** @throws see fetchArray */
  async fetch(message: Buffer, metadata: Metadata, signal: AbortSignal): Promise<Reply> {
    const stream = beginArray(this.#session, metadata)
    this.#streams += 1
    this.#session.ref()
    // Not the call's end: one that is given up ends before its stream does.
    stream.once('close', () => {
      this.#streams -= 1
      if (this.#streams === 0) this.#session.unref()
    })
    return fetchArray(stream, message, signal, (piece) => this.#memory.copied(piece, this.#streams === 1))
  }
}

export function startSession(address: string): ClientHttp2Session {
  return connect(`http://${address}`, {
    settings: { initialWindowSize: windowBytes, maxFrameSize: frameBytes, enablePush: false },
    // Of its own accord Node lets a session hold 10 MB, and ends the streams whose headers come when it holds more: what is
    // sent while the other side does not read counts, too. The library has no limit either.
    maxSessionMemory: Number.MAX_SAFE_INTEGER,
  })
}

/** Waits until the server speaks HTTP/2 with us. The session is destroyed when it does not. */
export function whenOpen(session: ClientHttp2Session, address: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
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
      resolve()
    })
  })
}

function notEstablished(why: string): Error {
  return statusError(status.UNAVAILABLE, `No connection established: ${why}`)
}
