import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { onAbort } from '../abort.ts'
import { BackendError, ConnectionError } from '../errors.ts'
import { FrameReader } from './frame-reader.ts'
import { frameBuffers } from './frame-writer.ts'
import { isJsonObject } from '../values/json.ts'
import type { JsonObject } from '../values/json.ts'
import type { Reply, TransportEvents } from '../transport.ts'
import { errorFromWire } from '../wire-error.ts'

interface Waiting {
  readonly resolve: (reply: Reply) => void
  readonly reject: (reason: unknown) => void
  /** Takes the subscription to the caller's signal back. */
  readonly release: (() => void) | undefined
  /** For a command that tells what happens before it answers. */
  readonly onEvent: ((event: Reply) => void) | undefined
}

interface Unsent {
  readonly id: number
  readonly buffers: readonly Uint8Array[]
}

/**
 * One socket to a pool, any number of requests in flight on it. It lives once: when it is lost, the owner opens another.
 * While nothing is in flight it does not keep the process alive.
 */
export class PipeConnection {
  readonly #address: string
  readonly #events: TransportEvents
  readonly #socket: Socket
  readonly #reader = new FrameReader((reply) => this.#arrived(reply))
  readonly #waiting = new Map<number, Waiting>()
  #unsent: Unsent[] = []
  #nextId = 1
  #isOpen = false
  /** Set once, when the connection is over: makes the reason, anew for each call, since each gets a stack of its own. */
  #lost: (() => BackendError) | undefined
  readonly opened: Promise<void>

  constructor(address: string, events: TransportEvents) {
    this.#address = address
    this.#events = events
    this.#socket = connect({
      path: address,
      onread: { buffer: () => this.#reader.nextBuffer(), callback: (count) => this.#received(count) },
    })
    this.opened = new Promise((resolve, reject) => {
      this.#socket.once('connect', () => {
        this.#isOpen = true
        this.#socket.unref()
        resolve()
      })
      this.#socket.on('error', (error) => reject(this.#end(() => this.#connectionError(error))))
      this.#socket.on('close', () => reject(this.#end(() => this.#connectionError(undefined))))
    })
    this.opened.catch(() => {}) // whoever opened it hears of it; nobody else has to
    this.#socket.on('drain', () => this.#sendUnsent())
  }

  get isLost(): boolean {
    return this.#lost !== undefined
  }

  /** See PipeTransport. */
  request(
    command: string,
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
    onEvent?: (event: Reply) => void,
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#lost !== undefined) throw this.#lost()
      if (signal?.aborted) throw signal.reason
      const id = this.#nextId
      this.#nextId += 1
      const buffers = frameBuffers({ id, command, payload }, attachments)
      const giveUp = onEvent === undefined ? this.#giveUp : this.#askToStop
      const release = signal && onAbort(signal, (reason) => giveUp.call(this, id, reason))
      this.#waiting.set(id, { resolve, reject, release, onEvent })
      if (this.#waiting.size === 1) this.#socket.ref()
      if (this.#socket.writableNeedDrain) this.#unsent.push({ id, buffers })
      else this.#write(buffers)
    })
  }

  /** The id that the next request will have. */
  get nextId(): number {
    return this.#nextId
  }

  /** Nothing more arrives until `resume`. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Gives up every call in flight. */
  abandon(reason: () => BackendError): void {
    for (const id of this.#waiting.keys()) this.#giveUp(id, reason())
  }

  /** @param reason what calls in flight reject with. */
  close(reason: () => BackendError): void {
    this.#end(reason)
  }

  #write(buffers: readonly Uint8Array[]): void {
    const [only] = buffers
    if (buffers.length === 1 && only !== undefined) {
      this.#socket.write(only)
      return
    }
    this.#socket.cork() // one system call for header and attachments
    for (const buffer of buffers) this.#socket.write(buffer)
    this.#socket.uncork()
  }

  /** Requests wait here, not in the socket, while the server does not read: one that is given up then is never sent. */
  #sendUnsent(): void {
    while (!this.#socket.writableNeedDrain) {
      const next = this.#unsent.shift()
      if (next === undefined) return
      this.#write(next.buffers)
    }
  }

  #giveUp(id: number, reason: unknown): void {
    const waiting = this.#settle(id)
    if (waiting === undefined) return
    const place = this.#unsent.findIndex((unsent) => unsent.id === id)
    if (place >= 0) this.#unsent.splice(place, 1)
    else this.#sendCancel(id)
    waiting.reject(reason)
  }

  /** Who follows what happens wants to know how it ends, too. */
  #askToStop(id: number, reason: unknown): void {
    if (this.#unsent.some((unsent) => unsent.id === id)) this.#giveUp(id, reason)
    else this.#sendCancel(id)
  }

  /** Past the requests that wait to be sent, and with an id of its own: nobody waits for the answer. */
  #sendCancel(requestId: number): void {
    if (this.#lost !== undefined) return
    const id = this.#nextId
    this.#nextId += 1
    this.#write(frameBuffers({ id, command: 'cancel', payload: { requestId } }, []))
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return undefined
    this.#waiting.delete(id)
    waiting.release?.()
    if (this.#waiting.size === 0) this.#socket.unref()
    return waiting
  }

  #received(count: number): boolean {
    try {
      this.#reader.received(count)
    } catch (error) {
      this.#end(() => (error instanceof BackendError ? error : this.#connectionError(error)))
    }
    return true
  }

  #arrived(reply: Reply): void {
    const { id, handleId, event } = reply.fields
    if (typeof id !== 'number') {
      const reason = (): BackendError => errorFromWire(reply.fields)
      if (event === 'worker.lost') this.#workerLost(reason, lostWorker(reply.fields))
      // An error about no request in particular: the server gives up this connection.
      else if (event === undefined) this.#end(reason)
      return
    }
    if (event !== undefined) {
      this.#waiting.get(id)?.onEvent?.(reply)
      return
    }
    const waiting = this.#settle(id)
    if (waiting === undefined) {
      if (typeof handleId === 'string') this.#events.unclaimed(handleId)
      return
    }
    if ((reply.fields['error'] ?? undefined) === undefined) waiting.resolve(reply)
    else waiting.reject(errorFromWire(reply.fields))
  }

  /**
   * What was sent has failed. What still waits here goes to the next worker. That one must not run what the lost one had not
   * read yet: nobody waits for it, and it may have no end.
   */
  #workerLost(reason: () => BackendError, worker: number | undefined): void {
    this.#events.workerLost(worker)
    const unsent = new Set(this.#unsent.map(({ id }) => id))
    for (const id of [...this.#waiting.keys()].filter((known) => !unsent.has(known))) {
      this.#settle(id)?.reject(reason())
      this.#sendCancel(id)
    }
  }

  /** The first reason stands. */
  #end(reason: () => BackendError): BackendError {
    if (this.#lost === undefined) {
      this.#lost = reason
      this.#unsent = []
      for (const id of this.#waiting.keys()) this.#settle(id)?.reject(reason())
      this.#socket.destroy()
    }
    return this.#lost()
  }

  #connectionError(cause: unknown): BackendError {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
    const details = { address: this.#address, ...(code === undefined ? {} : { systemCode: code }) }
    if (!this.#isOpen) {
      return new ConnectionError('CONNECTION_FAILED', `No server answers at ${this.#address} (${code ?? 'closed'}).`, {
        hint: 'Start the server, or check the name or path.',
        details,
        cause,
      })
    }
    return new ConnectionError(
      'CONNECTION_LOST',
      `The connection to ${this.#address} was lost (${code ?? 'closed'}).`,
      {
        hint: 'The call may or may not have been done. The next call connects again.',
        details,
        cause,
      },
    )
  }
}

/** Which of several workers a notice is about. */
function lostWorker({ details }: JsonObject): number | undefined {
  const worker = isJsonObject(details) ? details['worker'] : undefined
  return typeof worker === 'number' ? worker : undefined
}
