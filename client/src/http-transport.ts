import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { onAbort } from './abort.ts'
import { BackendError, UnauthorizedError } from './errors.ts'
import { exchange } from './http-exchange.ts'
import type { HttpReply, HttpRequest } from './http-exchange.ts'
import { parseJsonObject } from './json.ts'
import type { JsonObject } from './json.ts'
import { closedError } from './transport.ts'
import type { Reply, Transport } from './transport.ts'
import { errorFromWire } from './wire-error.ts'

export interface HttpTarget {
  readonly host: string
  readonly port: number
  /** Before every path, without a slash at its end. */
  readonly basePath: string
  readonly token: string | undefined
  /** Why there is no token, for the error that follows from it. */
  readonly tokenHint?: string | undefined
}

// Many servers close a connection that idles for 5 s. We close it earlier, so that no call meets one that just went.
const idleSocketMs = 4000
// A pause after which the server may have closed a connection without our event loop having seen it.
const pauseMs = 1000
// The server works on few calls at a time; more sockets would only use up file descriptors. Further calls queue here.
const mostSockets = 64

// docs/wire.md §6
const maxBodyBytes = 64 * 1024 * 1024

const arrayCommands: readonly string[] = ['tofloatarray', 'tofloatarray2d']

export class HttpTransport implements Transport {
  readonly name = 'http'
  readonly carriesAttachments = false
  readonly #locate: () => Promise<HttpTarget>
  readonly #connectTimeoutMs: number
  readonly #agent = new Agent({ keepAlive: true, maxSockets: mostSockets, timeout: idleSocketMs })
  readonly #inFlight = new Set<AbortController>()
  readonly #idPrefix = randomUUID()
  #nextId = 1
  #target: Promise<HttpTarget> | undefined
  #lastReplyAt = 0

  /** @param locate asked at first, and again when the server refuses the connection or the token. */
  constructor(locate: () => Promise<HttpTarget>, connectTimeoutMs: number) {
    this.#locate = locate
    this.#connectTimeoutMs = connectTimeoutMs
  }

  async request(
    command: string,
    payload: JsonObject,
    _attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    const body = command === 'ping' ? undefined : JSON.stringify(payload)
    const bodyBytes = Buffer.byteLength(body ?? '')
    if (bodyBytes > maxBodyBytes) throw tooLarge(bodyBytes)
    const controller = new AbortController()
    if (signal?.aborted) throw signal.reason
    const release = signal && onAbort(signal, (reason) => controller.abort(reason))
    this.#inFlight.add(controller)
    try {
      return await this.#withTarget((target) => this.#exchange(target, command, body, controller.signal))
    } finally {
      release?.()
      this.#inFlight.delete(controller)
    }
  }

  abandon(): void {
    for (const controller of this.#inFlight) controller.abort(closedError())
  }

  close(): void {
    this.#agent.destroy()
  }

  /** A restarted server may have another address or token. Both failures mean that nothing was done, so asking again is safe. */
  async #withTarget(run: (target: HttpTarget) => Promise<Reply>): Promise<Reply> {
    const target = await this.#currentTarget()
    try {
      return await run(target)
    } catch (error) {
      const stale = error instanceof BackendError && ['UNAUTHORIZED', 'CONNECTION_FAILED'].includes(error.code)
      if (!stale) throw error
      this.#target = undefined
      const fresh = await this.#currentTarget()
      if (sameTarget(target, fresh)) throw error
      return await run(fresh)
    }
  }

  #currentTarget(): Promise<HttpTarget> {
    this.#target ??= this.#locate().catch((error: unknown) => {
      this.#target = undefined
      throw error
    })
    return this.#target
  }

  async #exchange(target: HttpTarget, command: string, body: string | undefined, signal: AbortSignal): Promise<Reply> {
    if (performance.now() - this.#lastReplyAt > pauseMs) {
      // Two turns of the event loop: it hears of connections that were closed in the meantime, and does not use them.
      await setImmediate()
      await setImmediate()
    }
    const wantsBytes = arrayCommands.includes(command)
    const reply = await exchange(this.#httpRequest(target, command, body, wantsBytes), this.#connectTimeoutMs, signal)
    this.#lastReplyAt = performance.now()
    return readReply(reply, wantsBytes, target)
  }

  #httpRequest(target: HttpTarget, command: string, body: string | undefined, wantsBytes: boolean): HttpRequest {
    const { host, port, basePath, token } = target
    const id = this.#nextId
    this.#nextId += 1
    return {
      agent: this.#agent,
      host,
      port,
      method: body === undefined ? 'GET' : 'POST',
      path: `${basePath}/${command === 'ping' ? 'health' : command}`,
      headers: {
        accept: wantsBytes ? 'application/octet-stream' : 'application/json',
        'x-request-id': `${this.#idPrefix}-${id}`,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
      ...(body === undefined ? {} : { body }),
    }
  }
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

function readReply({ status, headers, body }: HttpReply, wantsBytes: boolean, target: HttpTarget): Reply {
  const ok = status >= 200 && status < 300
  if (ok && wantsBytes && headers['content-type']?.startsWith('application/octet-stream')) {
    const shape = String(headers['x-beep-shape'] ?? '')
      .split(',')
      .filter(Boolean)
      .map(Number)
    const data = { $type: 'array', attachment: 0, dtype: headers['x-beep-dtype'], shape }
    return { fields: { data }, attachments: [body], tagged: true }
  }
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  const fields = parseJsonObject(text)
  if (!ok) throw refusal(fields ?? {}, status, target)
  if (fields !== undefined) return { fields, attachments: [], tagged: text.includes('"$type"') }
  throw new BackendError('PROTOCOL', `The answer with status ${status} holds no JSON object.`, {
    hint: 'Check that the address is that of a Beep Python server.',
    details: { status, contentType: headers['content-type'], beginning: text.slice(0, 200) },
  })
}

function refusal(fields: JsonObject, status: number, target: HttpTarget): BackendError {
  const error = errorFromWire(fields, status)
  if (!(error instanceof UnauthorizedError) || error.hint !== undefined || target.tokenHint === undefined) return error
  return new UnauthorizedError(error.message, { hint: target.tokenHint, details: error.details })
}
