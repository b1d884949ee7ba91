import { abortable } from './abort.ts'
import { ConnectionError } from './errors.ts'
import type { BackendError } from './errors.ts'
import type { JsonObject } from './json.ts'
import { PipeConnection } from './pipe-connection.ts'
import { closedError } from './transport.ts'
import type { Reply, Transport, TransportEvents } from './transport.ts'

export interface PipeTarget {
  /** A socket path, or `\\.\pipe\<name>`. */
  readonly path: string
  /** Where the system cannot tell the server who is calling (Windows), the server asks for it. */
  readonly token: string | undefined
}

/** Keeps one connection to a pool: opened by the first call, opened again by the first call after it was lost. */
export class PipeTransport implements Transport {
  readonly name = 'pipe'
  readonly carriesAttachments = true
  readonly #locate: () => Promise<PipeTarget>
  readonly #events: TransportEvents
  readonly #connectTimeoutMs: number
  #connection: PipeConnection | undefined
  #opening: PipeConnection | undefined
  #connecting: Promise<PipeConnection> | undefined
  #closed = false

  /** @param locate asked before every connection, since a restarted server may listen elsewhere. */
  constructor(locate: () => Promise<PipeTarget>, events: TransportEvents, connectTimeoutMs: number) {
    this.#locate = locate
    this.#events = events
    this.#connectTimeoutMs = connectTimeoutMs
  }

  /**
   * @param onEvent for a command that tells what happens before it answers (docs/wire.md §2): gets each of these events. With it, an
   * abort asks the server to stop, and the call settles with the answer to that; without, the call rejects at once.
   */
  // Not async, nor is what it calls: each further promise would cost every call a few microseconds.
  request(
    command: string,
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
    onEvent?: (event: Reply) => void,
  ): Promise<Reply> {
    const open = this.#connection
    if (open !== undefined && !open.isLost) return open.request(command, payload, attachments, signal, onEvent)
    return abortable(this.#connect(), signal).then((connection) =>
      connection.request(command, payload, attachments, signal, onEvent),
    )
  }

  abandon(): void {
    this.#connection?.abandon(closedError)
  }

  close(): void {
    this.#closed = true
    this.#opening?.close(closedError)
    this.#connection?.close(closedError)
  }

  /** Calls that come while a connection is being made wait for that one. */
  #connect(): Promise<PipeConnection> {
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = undefined
    })
    return this.#connecting
  }

  async #open(): Promise<PipeConnection> {
    const { path, token } = await this.#locate()
    if (this.#closed) throw closedError()
    const connection = new PipeConnection(path, this.#events)
    const tooLate = (): BackendError => noAnswer(path, this.#connectTimeoutMs)
    const timer = setTimeout(() => connection.close(tooLate), this.#connectTimeoutMs)
    this.#opening = connection
    try {
      await connection.opened
      if (token !== undefined) await connection.request('hello', { token }, [], undefined)
      this.#connection = connection
      return connection
    } catch (error) {
      connection.close(tooLate) // after the hello was refused; else it is over already
      throw error
    } finally {
      clearTimeout(timer)
      this.#opening = undefined
    }
  }
}

function noAnswer(address: string, timeoutMs: number): ConnectionError {
  return new ConnectionError(
    'CONNECTION_FAILED',
    `The server at ${address} did not take the connection in ${timeoutMs} ms.`,
    {
      hint: 'It may be starting or overloaded: look in its log, or try again.',
      details: { address, timeoutMs },
    },
  )
}
