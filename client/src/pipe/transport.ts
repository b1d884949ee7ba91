import { abortable } from '../abort.ts'
import { ConnectionError } from '../errors.ts'
import type { BackendError } from '../errors.ts'
import type { JsonObject } from '../values/json.ts'
import { PipeConnection } from './connection.ts'
import { closedError } from '../transport.ts'
import type { ExecutionListener, Reply, Transport, TransportEvents } from '../transport.ts'

export interface PipeTarget {
  /** A socket path, or `\\.\pipe\<name>`. */
  readonly path: string
  /** Where the system cannot tell the server who is calling (Windows), the server asks for it. */
  readonly token: string | undefined
}

/** Keeps one connection to a pool, opened by the first call, and again by the first after it was lost; and one a run. */
export class PipeTransport implements Transport {
  readonly name = 'pipe'
  readonly carriesAttachments = true
  readonly #locate: () => Promise<PipeTarget>
  readonly #events: TransportEvents
  readonly #connectTimeoutMs: number
  #connection: PipeConnection | undefined
  /** That one, those of the runs, and what is being opened. */
  readonly #dialled = new Set<PipeConnection>()
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
   * @param onSent gets the id by which other commands of this connection name the call.
   */
  // Not async, nor is what it calls: each further promise would cost every call a few microseconds.
  request(
    command: string,
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
    onEvent?: (event: Reply) => void,
    onSent?: (id: number) => void,
  ): Promise<Reply> {
    const ask = (connection: PipeConnection): Promise<Reply> => {
      onSent?.(connection.nextId)
      return connection.request(command, payload, attachments, signal, onEvent)
    }
    const open = this.#connection
    return open !== undefined && !open.isLost ? ask(open) : abortable(this.#connect(), signal).then(ask)
  }

  async execute(
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
    listener: ExecutionListener,
    command = 'execute',
  ): Promise<Reply> {
    const opening = this.#dial()
    const connection = await abortable(opening, signal).catch((error: unknown) => {
      opening.then((late) => this.#hangUp(late)).catch(() => {})
      throw error
    })
    try {
      const requestId = connection.nextId
      const reply = connection.request(command, payload, attachments, signal, ({ fields }) => listener.event(fields))
      listener.started({
        answer: (text) => {
          const given = text === null ? { eof: true } : { text }
          connection.request('input', { requestId, ...given }, [], undefined).catch(() => {}) // the run tells what is wrong
        },
        pause: () => connection.pause(),
        resume: () => connection.resume(),
      })
      // At once when it is aborted. Hanging up ends the code.
      return await abortable(reply, signal)
    } finally {
      this.#hangUp(connection)
    }
  }

  /** What is still under way there is cancelled first: a server may go on with what nobody waits for. */
  #hangUp(connection: PipeConnection): void {
    connection.abandon(closedError)
    connection.close(closedError)
    this.#dialled.delete(connection)
  }

  atPath(path: string, events: TransportEvents): PipeTransport {
    const locate = async (): Promise<PipeTarget> => ({ path, token: (await this.#locate()).token })
    return new PipeTransport(locate, events, this.#connectTimeoutMs)
  }

  abandon(): void {
    for (const connection of this.#dialled) connection.abandon(closedError)
  }

  close(): void {
    this.#closed = true
    for (const connection of this.#dialled) connection.close(closedError)
  }

  /** Calls that come while a connection is being made wait for that one. */
  #connect(): Promise<PipeConnection> {
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = undefined
    })
    return this.#connecting
  }

  async #open(): Promise<PipeConnection> {
    if (this.#connection !== undefined) this.#dialled.delete(this.#connection)
    this.#connection = await this.#dial()
    return this.#connection
  }

  async #dial(): Promise<PipeConnection> {
    const { path, token } = await this.#locate()
    if (this.#closed) throw closedError()
    const connection = new PipeConnection(path, this.#events)
    const tooLate = (): BackendError => noAnswer(path, this.#connectTimeoutMs)
    const timer = setTimeout(() => connection.close(tooLate), this.#connectTimeoutMs)
    this.#dialled.add(connection)
    try {
      await connection.opened
      if (token !== undefined) await connection.request('hello', { token }, [], undefined)
      return connection
    } catch (error) {
      connection.close(tooLate) // after the hello was refused; else it is over already
      this.#dialled.delete(connection)
      throw error
    } finally {
      clearTimeout(timer)
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
