import { ConnectionError, isBackendError } from '../errors.ts'
import type { JsonObject } from '../values/json.ts'
import { PipeTransport } from './transport.ts'
import type { PipeTarget } from './transport.ts'
import type { ExecutionListener, Reply, Transport, TransportEvents } from '../transport.ts'
import { workerNamedIn, workerOf } from '../worker-ids.ts'

// As many as one worker names.
const mostListed = 1000

/**
 * A server at a pipe, however many workers it has (docs/wire.md §2.7). With one it is a way to that and no more. Of several, each
 * call goes to the worker that has its session or handles, on a connection that is opened when it is needed.
 */
export class PipeWorkers implements Transport {
  readonly name = 'pipe'
  readonly carriesAttachments = true
  readonly #open: (locate: () => Promise<PipeTarget>) => PipeTransport
  readonly #locate: () => Promise<PipeTarget>
  /** The server's own address: whichever worker answers there. */
  readonly #server: PipeTransport
  /** Once it is known that there are several. */
  #ways: Map<number, PipeTransport> | undefined
  /** The worker that has what we keep outside of sessions: all else outside of them shall be done there, too. */
  #home: number | undefined
  /** Those that are made for one call. */
  readonly #passing = new Set<PipeTransport>()
  /** How many sessions we have opened with each worker. */
  readonly #opened = new Map<number, number>()

  /** @param locate see PipeTransport. */
  constructor(locate: () => Promise<PipeTarget>, events: TransportEvents, connectTimeoutMs: number) {
    this.#locate = locate
    this.#open = (where) => new PipeTransport(where, events, connectTimeoutMs)
    this.#server = this.#open(locate)
  }

  metWorker(worker: number, holds: boolean): void {
    this.#ways ??= new Map()
    if (holds) this.#home ??= worker
  }

  // Not async: see PipeTransport.
  request(
    command: string,
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    const ask = (to: PipeTransport): Promise<Reply> => to.request(command, payload, attachments, signal)
    if (this.#ways === undefined) return ask(this.#server)
    if (command === 'session_open') return this.#openSession(ask)
    if (command === 'handles_list' && payload['sessionId'] === undefined) return this.#listHandles(ask)
    return this.#route(payload, ask)
  }

  execute(
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
    listener: ExecutionListener,
    command?: string,
  ): Promise<Reply> {
    const ask = (to: PipeTransport): Promise<Reply> => to.execute(payload, attachments, signal, listener, command)
    return this.#ways === undefined ? ask(this.#server) : this.#route(payload, ask)
  }

  atPath(path: string, events: TransportEvents): Transport {
    return this.#server.atPath(path, events)
  }

  abandon(): void {
    for (const way of this.#all()) way.abandon()
  }

  close(): void {
    for (const way of this.#all()) way.close()
  }

  #all(): PipeTransport[] {
    return [this.#server, ...this.#passing, ...(this.#ways?.values() ?? [])]
  }

  #wayTo(worker: number): PipeTransport {
    this.#ways ??= new Map()
    const known = this.#ways.get(worker)
    if (known !== undefined) return known
    const way = this.#open(async () => {
      const { siblings } = await this.#ping()
      const path: unknown = Array.isArray(siblings) ? siblings[worker - 1] : undefined
      if (typeof path !== 'string') throw noWorker(worker)
      return { ...(await this.#locate()), path }
    })
    this.#ways.set(worker, way)
    return way
  }

  async #route(payload: JsonObject, ask: (to: PipeTransport) => Promise<Reply>): Promise<Reply> {
    const worker = workerNamedIn(payload) ?? this.#home
    if (worker === undefined) return ask(this.#server)
    try {
      return await ask(this.#wayTo(worker))
    } catch (error) {
      if (!isBackendError(error, 'CONNECTION_FAILED')) throw error
      // Nothing was sent. The server may have fewer workers since it was started anew, and says what has become of the object.
      if (this.#home === worker) this.#home = undefined
      return ask(this.#server)
    }
  }

  /** Where we have opened the fewest; of those that have as few, at the one with the least to do. */
  async #openSession(ask: (to: PipeTransport) => Promise<Reply>): Promise<Reply> {
    const { workers = 1 } = await this.#ping()
    const counts = Array.from({ length: Number(workers) }, (_, at) => this.#opened.get(at + 1) ?? 0)
    const fewest = Math.min(...counts)
    const isEven = counts.every((count) => count === fewest)
    const reply = await (isEven ? this.#askAny(ask) : ask(this.#wayTo(counts.indexOf(fewest) + 1)))
    const worker = workerOf(reply.fields['sessionId'])
    if (worker !== undefined) this.#opened.set(worker, (this.#opened.get(worker) ?? 0) + 1)
    return reply
  }

  /** On a connection that is made for it: so it comes to the worker with the least to do. */
  async #askAny(ask: (to: PipeTransport) => Promise<Reply>): Promise<Reply> {
    const way = this.#open(this.#locate)
    this.#passing.add(way)
    try {
      return await ask(way)
    } finally {
      this.#passing.delete(way)
      way.close()
    }
  }

  async #ping(): Promise<JsonObject> {
    return (await this.#server.request('ping', {}, [], undefined)).fields
  }

  /** Those of all workers, outside of sessions. */
  async #listHandles(ask: (to: PipeTransport) => Promise<Reply>): Promise<Reply> {
    const { workers } = await this.#ping()
    if (typeof workers !== 'number') return ask(this.#server)
    const replies = await Promise.all(Array.from({ length: workers }, (_, at) => ask(this.#wayTo(at + 1))))
    const handles = replies.flatMap(({ fields }) => (Array.isArray(fields['handles']) ? fields['handles'] : []))
    const count = replies.reduce((sum, { fields }) => sum + Number(fields['count']), 0)
    return { fields: { handles: handles.slice(0, mostListed), count }, attachments: [], tagged: false }
  }
}

function noWorker(worker: number): ConnectionError {
  return new ConnectionError('CONNECTION_FAILED', `The server has no worker ${worker}.`, {
    hint: 'It was started anew with fewer workers: make the object again.',
  })
}
