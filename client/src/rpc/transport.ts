import type { Client } from '@grpc/grpc-js'
import { abortable, onAbort } from '../abort.ts'
import { UnauthorizedError } from '../errors.ts'
import type { BackendError } from '../errors.ts'
import { FollowedTarget } from '../find/followed-target.ts'
import type { JsonObject } from '../values/json.ts'
import { ArrayConnection } from './array-connection.ts'
import { RpcChannel } from './channel.ts'
import { errorFromStatus, isServiceError } from './error.ts'
import { callOf, exchange, metadataFor } from './exchange.ts'
import { executionOf, streamExecution } from './execution.ts'
import { streamWork, workOf } from './host.ts'
import type { RpcTarget } from './target.ts'
import { closedError } from '../transport.ts'
import type { ExecutionListener, Reply, Transport } from '../transport.ts'
import { WorkerWish } from '../worker-wish.ts'

/** The operations over gRPC: each is one call. */
export class RpcTransport implements Transport {
  readonly name = 'rpc'
  readonly carriesAttachments = true
  readonly #target: FollowedTarget<RpcTarget>
  readonly #channel: RpcChannel
  readonly #arrays: ArrayConnection
  readonly #inFlight = new Set<AbortController>()
  readonly #wish = new WorkerWish()

  /** @param locate see FollowedTarget. */
  constructor(locate: () => Promise<RpcTarget>, connectTimeoutMs: number) {
    this.#target = new FollowedTarget(locate, sameTarget)
    this.#channel = new RpcChannel(connectTimeoutMs)
    this.#arrays = new ArrayConnection(connectTimeoutMs)
  }

  metWorker(worker: number, holds: boolean): void {
    this.#wish.met(worker, holds)
  }

  async request(
    command: string,
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    const call = callOf(command, payload, attachments)
    const worker = this.#wish.of(command, payload)
    if (call.method === 'GetArray') {
      return this.#follow(signal, ({ address, token }, ended) =>
        this.#arrays.fetch(address, call.message, metadataFor(token, worker), ended),
      )
    }
    return this.#call(signal, (client, token, ended) => exchange(client, call, token, ended, worker))
  }

  async execute(
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
    listener: ExecutionListener,
    command = 'execute',
  ): Promise<Reply> {
    if (command !== 'execute') {
      const work = workOf(command, payload)
      return this.#call(signal, (client, token, ended) => streamWork(client, work, token, ended, listener))
    }
    const run = executionOf(payload, attachments)
    const worker = this.#wish.of(command, payload)
    return this.#call(signal, (client, token, ended) => streamExecution(client, run, token, ended, listener, worker))
  }

  abandon(): void {
    for (const controller of this.#inFlight) controller.abort(closedError())
  }

  close(): void {
    this.#channel.close()
    this.#arrays.close()
  }

  #call(signal: AbortSignal | undefined, call: ClientExchange): Promise<Reply> {
    return this.#follow(signal, async ({ address, token }, ended) => {
      const client = this.#channel.connected(address) ?? (await abortable(this.#channel.connect(address), ended))
      if (ended.aborted) throw ended.reason
      return call(client, token, ended)
    })
  }

  /** Runs a call that `abandon` ends, too, wherever the server is now. */
  async #follow(signal: AbortSignal | undefined, call: Exchange): Promise<Reply> {
    if (signal?.aborted) throw signal.reason
    const controller = new AbortController()
    const release = signal && onAbort(signal, (reason) => controller.abort(reason))
    this.#inFlight.add(controller)
    try {
      return await this.#target.run((target) => explained(call, target, controller.signal))
    } finally {
      release?.()
      this.#inFlight.delete(controller)
    }
  }
}

type Exchange = (target: RpcTarget, signal: AbortSignal) => Promise<Reply>
type ClientExchange = (client: Client, token: string | undefined, signal: AbortSignal) => Promise<Reply>

async function explained(call: Exchange, target: RpcTarget, signal: AbortSignal): Promise<Reply> {
  try {
    return await call(target, signal)
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw isServiceError(error) ? withHint(errorFromStatus(error, target.address), target) : error
  }
}

function sameTarget(one: RpcTarget, other: RpcTarget): boolean {
  return one.address === other.address && one.token === other.token
}

function withHint(error: BackendError, { tokenHint }: RpcTarget): BackendError {
  if (!(error instanceof UnauthorizedError) || tokenHint === undefined) return error
  return new UnauthorizedError(error.message, { hint: tokenHint, details: error.details })
}
