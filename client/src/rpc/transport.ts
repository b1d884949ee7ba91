import type { Client } from '@grpc/grpc-js'
import { abortable, onAbort } from '../abort.ts'
import { UnauthorizedError } from '../errors.ts'
import type { BackendError } from '../errors.ts'
import { FollowedTarget } from '../find/followed-target.ts'
import type { JsonObject } from '../values/json.ts'
import { RpcChannel } from './channel.ts'
import { errorFromStatus, isServiceError } from './error.ts'
import { callOf, exchange } from './exchange.ts'
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
  readonly #inFlight = new Set<AbortController>()
  readonly #wish = new WorkerWish()

  /** @param locate see FollowedTarget. */
  constructor(locate: () => Promise<RpcTarget>, connectTimeoutMs: number) {
    this.#target = new FollowedTarget(locate, sameTarget)
    this.#channel = new RpcChannel(connectTimeoutMs)
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
    return this.#follow(signal, (client, token, ended) => exchange(client, call, token, ended, worker))
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
      return this.#follow(signal, (client, token, ended) => streamWork(client, work, token, ended, listener))
    }
    const run = executionOf(payload, attachments)
    const worker = this.#wish.of(command, payload)
    return this.#follow(signal, (client, token, ended) => streamExecution(client, run, token, ended, listener, worker))
  }

  abandon(): void {
    for (const controller of this.#inFlight) controller.abort(closedError())
  }

  close(): void {
    this.#channel.close()
  }

  /** Runs a call that `abandon` ends, too, wherever the server is now. */
  async #follow(signal: AbortSignal | undefined, call: Exchange): Promise<Reply> {
    if (signal?.aborted) throw signal.reason
    const controller = new AbortController()
    const release = signal && onAbort(signal, (reason) => controller.abort(reason))
    this.#inFlight.add(controller)
    try {
      return await this.#target.run((target) => this.#exchange(target, call, controller.signal))
    } finally {
      release?.()
      this.#inFlight.delete(controller)
    }
  }

  async #exchange(target: RpcTarget, call: Exchange, signal: AbortSignal): Promise<Reply> {
    const { address, token } = target
    const client = this.#channel.connected(address) ?? (await abortable(this.#channel.connect(address), signal))
    if (signal.aborted) throw signal.reason
    try {
      return await call(client, token, signal)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw isServiceError(error) ? withHint(errorFromStatus(error, address), target) : error
    }
  }
}

type Exchange = (client: Client, token: string | undefined, signal: AbortSignal) => Promise<Reply>

function sameTarget(one: RpcTarget, other: RpcTarget): boolean {
  return one.address === other.address && one.token === other.token
}

function withHint(error: BackendError, { tokenHint }: RpcTarget): BackendError {
  if (!(error instanceof UnauthorizedError) || tokenHint === undefined) return error
  return new UnauthorizedError(error.message, { hint: tokenHint, details: error.details })
}
