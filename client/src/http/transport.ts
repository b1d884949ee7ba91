import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { onAbort } from '../abort.ts'
import { BackendError, isBackendError } from '../errors.ts'
import { FollowedTarget } from '../find/followed-target.ts'
import type { HttpQuestion } from './connection.ts'
import { HttpConnections } from './connections.ts'
import { connectionError } from './exchange.ts'
import { streamExecution } from './execution.ts'
import { arrowStream, octets, uploadOf } from './upload.ts'
import type { Upload } from './upload.ts'
import { readReply } from './reply.ts'
import type { HttpTarget } from './reply.ts'
import type { JsonObject } from '../values/json.ts'
import { closedError } from '../transport.ts'
import type { ExecutionListener, Reply, Transport } from '../transport.ts'
import { WorkerWish } from '../worker-wish.ts'

export type { HttpTarget }

// Many servers close a connection that idles for 5 s. We close it earlier, so that no call meets one that just went.
const idleSocketMs = 4000
// A pause after which the server may have closed a connection without our event loop having seen it.
const pauseMs = 1000
// The server works on few calls at a time; more sockets would only use up file descriptors. Further calls queue here.
const mostSockets = 64

// How long the server may take to hear that a call was cancelled.
const farewellMs = 1000

// docs/wire.md §6
const maxBodyBytes = 64 * 1024 * 1024

/** What is answered in bytes, and which kind. */
const bytesOf: Readonly<Record<string, string>> = {
  tofloatarray: octets,
  tofloatarray2d: octets,
  toarray: octets,
  totable: arrowStream,
}

export class HttpTransport implements Transport {
  readonly name = 'http'
  readonly carriesAttachments = false
  readonly #target: FollowedTarget<HttpTarget>
  readonly #connectTimeoutMs: number
  readonly #connections: HttpConnections
  /** Runs have sockets of their own: they last, and calls shall not queue behind them. */
  readonly #streams = new Agent({ keepAlive: true, timeout: 0 })
  readonly #runs = new Set<AbortController>()
  /** How often everything was given up: what still looks for the server then belongs to it. */
  #abandoned = 0
  readonly #idPrefix = randomUUID()
  readonly #wish = new WorkerWish()
  #nextId = 1
  #lastReplyAt = 0

  /** @param locate see FollowedTarget. */
  constructor(locate: () => Promise<HttpTarget>, connectTimeoutMs: number) {
    this.#target = new FollowedTarget(locate, sameTarget)
    this.#connectTimeoutMs = connectTimeoutMs
    this.#connections = new HttpConnections({ connectTimeoutMs, idleMs: idleSocketMs }, mostSockets)
  }

  metWorker(worker: number, holds: boolean): void {
    this.#wish.met(worker, holds)
  }

  async request(
    command: string,
    payload: JsonObject,
    [attached]: readonly Uint8Array[],
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    const body = attached === undefined ? jsonBody(command, payload) : uploadOf(payload, attached)
    const before = this.#abandoned
    const worker = this.#wish.of(command, payload)
    return this.#target.run(async (target) => {
      await this.#hearOfEnds()
      if (before !== this.#abandoned) throw closedError()
      return this.#exchange(target, command, body, signal, worker)
    })
  }

  async execute(
    payload: JsonObject,
    _attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
    listener: ExecutionListener,
    command = 'execute',
  ): Promise<Reply> {
    const body = JSON.stringify(payload)
    const worker = this.#wish.of(command, payload)
    const call = this.#begin(signal)
    try {
      return await this.#target.run((target) => {
        const question = this.#question(target, command, body, 'application/x-ndjson', worker)
        const answer = (given: JsonObject): void => {
          const text = JSON.stringify({ requestId: question.headers['x-request-id'], ...given })
          this.#exchange(target, 'input', text, call.signal).catch(() => {}) // the run tells what is wrong
        }
        // Said so, too, since a server may go on with what its caller has left.
        const cancel = JSON.stringify({ requestId: question.headers['x-request-id'] })
        const release = onAbort(call.signal, () => {
          this.#exchange(target, 'cancel', cancel, AbortSignal.timeout(farewellMs)).catch(() => {}) // it may have ended
        })
        const { host, port } = target
        const headers = { ...question.headers, 'content-length': Buffer.byteLength(body) }
        const run = { ...question, agent: this.#streams, host, port, headers, body }
        const reply = streamExecution(run, target, this.#connectTimeoutMs, call.signal, listener, answer)
        return reply.finally(release)
      })
    } finally {
      call.end()
    }
  }

  abandon(): void {
    this.#abandoned += 1
    this.#connections.abandon(closedError)
    for (const controller of this.#runs) controller.abort(closedError())
  }

  close(): void {
    this.#connections.close()
    this.#streams.destroy()
  }

  /** A run that `abandon` ends, too. */
  #begin(signal: AbortSignal | undefined): { readonly signal: AbortSignal; end(): void } {
    if (signal?.aborted) throw signal.reason
    const controller = new AbortController()
    const release = signal && onAbort(signal, (reason) => controller.abort(reason))
    this.#runs.add(controller)
    return {
      signal: controller.signal,
      end: () => {
        release?.()
        this.#runs.delete(controller)
      },
    }
  }

  /** After a pause, two turns of the event loop: it hears of connections that were closed in the meantime, and does not use them. */
  async #hearOfEnds(): Promise<void> {
    if (performance.now() - this.#lastReplyAt <= pauseMs) return
    await setImmediate()
    await setImmediate()
  }

  async #exchange(
    target: HttpTarget,
    command: string,
    body: Body,
    signal: AbortSignal | undefined,
    worker?: number,
  ): Promise<Reply> {
    const question = this.#question(target, command, body, bytesOf[command] ?? 'application/json', worker)
    const reply = await this.#connections.ask(target, question, signal).catch((error: unknown) => {
      if (signal?.aborted) throw signal.reason
      throw isBackendError(error) ? error : connectionError({ ...target, path: question.path }, error)
    })
    this.#lastReplyAt = performance.now()
    return readReply(reply, command in bytesOf, target)
  }

  #question(target: HttpTarget, command: string, body: Body, accept: string, worker?: number): HttpQuestion {
    const { basePath, token } = target
    const id = this.#nextId
    this.#nextId += 1
    const headers: Record<string, string> = { accept, 'x-request-id': `${this.#idPrefix}-${id}` }
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`
    if (worker !== undefined) headers['x-beep-worker'] = String(worker)
    if (body === undefined) return { method: 'GET', path: `${basePath}/health`, headers }
    if (typeof body === 'string') {
      headers['content-type'] = 'application/json'
      return { method: 'POST', path: `${basePath}/${command}`, headers, body }
    }
    return { method: 'PUT', path: `${basePath}${body.path}`, headers: { ...headers, ...body.headers }, body: body.body }
  }
}

/** JSON, bytes, or nothing at all: that asks whether the server is well. */
type Body = string | Upload | undefined

function jsonBody(command: string, payload: JsonObject): string | undefined {
  const body = command === 'ping' ? undefined : JSON.stringify(payload)
  const bodyBytes = Buffer.byteLength(body ?? '')
  if (bodyBytes > maxBodyBytes) throw tooLarge(bodyBytes)
  return body
}

function tooLarge(bodyBytes: number): BackendError {
  return new BackendError('TOO_LARGE', `The arguments take ${bodyBytes} bytes as JSON, more than one call can carry.`, {
    hint: 'At most 64 MiB fit over HTTP. Over a pipe, arrays and bytes travel beside the JSON, up to 1 GiB.',
    details: { bodyBytes, maxBodyBytes },
  })
}

function sameTarget(one: HttpTarget, other: HttpTarget): boolean {
  return one.host === other.host && one.port === other.port && one.token === other.token
}
