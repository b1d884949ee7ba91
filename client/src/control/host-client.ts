import { Agent } from 'node:http'
import { onAbort } from '../abort.ts'
import type { CommandParams, CommandResult, ControlClient, ControlEvent, ControlOptions } from './control-client.ts'
import { ControlError, controlErrorFrom } from './control-error.ts'
import { ConnectionError } from '../errors.ts'
import { connectionError, exchange, openExchange } from '../http/exchange.ts'
import type { HttpRequest } from '../http/exchange.ts'
import type { Instance } from '../find/instance.ts'
import { isJsonObject, parseJsonObject } from '../values/json.ts'
import { linesOf } from '../http/ndjson.ts'

/** How long a host may take to say who it is. A busy one answers in milliseconds. */
const helloMs = 5000

export class HostClient<Commands> implements ControlClient<Commands> {
  readonly instance: Instance
  readonly #agent = new Agent({ keepAlive: true })
  readonly #lifetime = new AbortController()

  constructor(instance: Instance) {
    this.instance = instance
  }

  async isRightHost(): Promise<boolean> {
    const timeout = AbortSignal.timeout(helloMs)
    try {
      const { status, body } = await exchange(this.#request('GET', '/hello'), helloMs, timeout)
      return status === 200 && parseJsonObject(textOf(body))?.['instanceId'] === this.instance.instanceId
    } catch (error) {
      if (error instanceof ConnectionError) return false
      await this.close()
      if (!timeout.aborted) throw error
      throw new ControlError('TIMEOUT', `The host at ${this.instance.address} did not answer in ${helloMs} ms.`, {
        hint: `Look at process ${this.instance.pid}; end it if it hangs.`,
        details: { address: this.instance.address, pid: this.instance.pid },
      })
    }
  }

  async call<Name extends keyof Commands & string>(
    name: Name,
    params: CommandParams<Commands[Name]>,
    options: ControlOptions = {},
  ): Promise<CommandResult<Commands[Name]>> {
    const limits = this.#limits(options.signal)
    const request = this.#request('POST', `/commands/${encodeURIComponent(name)}`, JSON.stringify(params ?? {}))
    try {
      const { status, body } = await exchange(request, helloMs, limits.signal)
      const answer = parseJsonObject(textOf(body))
      const failure = controlErrorFrom(answer)
      if (failure !== undefined) throw failure
      if (status === 200 && isJsonObject(answer) && 'ok' in answer) return answer['ok'] as CommandResult<Commands[Name]>
      throw new ControlError('PROTOCOL', `The host answered ${name} with status ${status} and no result.`, {
        details: { status, beginning: textOf(body).slice(0, 200) },
      })
    } catch (error) {
      throw controlFailure(error, name)
    } finally {
      limits.end()
    }
  }

  async *events(
    options: ControlOptions & { readonly sinceRevision?: number | undefined } = {},
  ): AsyncGenerator<ControlEvent, void, undefined> {
    const { sinceRevision } = options
    const limits = this.#limits(options.signal)
    const request = this.#request('GET', `/events${sinceRevision === undefined ? '' : `?since=${sinceRevision}`}`)
    try {
      const response = await openExchange(request, helloMs, limits.signal)
      if (response.statusCode !== 200) throw await refusedEvents(response)
      for await (const line of linesOf(response)) yield eventFrom(line)
    } catch (error) {
      if (limits.signal.aborted) return
      throw controlFailure(error instanceof ControlError ? error : connectionError(request, error), 'events')
    } finally {
      limits.end()
    }
  }

  async close(): Promise<void> {
    this.#lifetime.abort(new ControlError('CLOSED', 'This connection to the host was closed.'))
    this.#agent.destroy()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #request(method: 'GET' | 'POST', path: string, body?: string): HttpRequest {
    return {
      agent: this.#agent,
      socketPath: this.instance.address,
      method,
      path,
      headers: {
        authorization: `Bearer ${this.instance.token}`,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
      ...(body === undefined ? {} : { body }),
    }
  }

  /** Over when the caller's signal is aborted, or this client is closed. */
  #limits(signal: AbortSignal | undefined) {
    const controller = new AbortController()
    const sources = [this.#lifetime.signal, ...(signal === undefined ? [] : [signal])]
    for (const source of sources) if (source.aborted) controller.abort(source.reason)
    const releases = sources.map((source) => onAbort(source, (reason) => controller.abort(reason)))
    return {
      signal: controller.signal,
      end: () => releases.forEach((release) => release()),
    }
  }
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
}

async function refusedEvents(response: AsyncIterable<Buffer> & { readonly statusCode?: number | undefined }) {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const failure = controlErrorFrom(parseJsonObject(Buffer.concat(chunks).toString('utf8')))
  return failure ?? new ControlError('PROTOCOL', `The host refused the events with status ${response.statusCode}.`)
}

function eventFrom(line: string): ControlEvent {
  const event = parseJsonObject(line)
  if (event === undefined || typeof event['revision'] !== 'number' || typeof event['name'] !== 'string') {
    throw new ControlError('PROTOCOL', 'The host sent an event that cannot be read.', {
      details: { beginning: line.slice(0, 200) },
    })
  }
  return { revision: event['revision'], name: event['name'], payload: event['payload'] }
}

function controlFailure(error: unknown, what: string): ControlError {
  if (error instanceof ControlError) {
    Error.captureStackTrace(error) // to the caller, not to the socket
    return error
  }
  if (error instanceof ConnectionError) {
    return new ControlError(error.code, `${what}: ${error.message}`, {
      hint: 'The host may have ended: start it again.',
      details: error.details,
      cause: error,
    })
  }
  return new ControlError('CANCELLED', `The command ${what} was cancelled by its caller.`, { cause: error })
}
