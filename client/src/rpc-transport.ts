import { abortable, onAbort } from './abort.ts'
import { BackendError, UnauthorizedError } from './errors.ts'
import { FollowedTarget } from './followed-target.ts'
import type { JsonObject } from './json.ts'
import { RpcChannel } from './rpc-channel.ts'
import { errorFromStatus, isServiceError } from './rpc-error.ts'
import { callOf, exchange } from './rpc-exchange.ts'
import type { RpcCall } from './rpc-exchange.ts'
import type { RpcTarget } from './rpc-target.ts'
import { closedError } from './transport.ts'
import type { Reply, Transport } from './transport.ts'

/** The operations over gRPC: each is one call. */
export class RpcTransport implements Transport {
  readonly name = 'rpc'
  readonly carriesAttachments = true
  readonly #target: FollowedTarget<RpcTarget>
  readonly #channel: RpcChannel
  readonly #inFlight = new Set<AbortController>()

  /** @param locate see FollowedTarget. */
  constructor(locate: () => Promise<RpcTarget>, connectTimeoutMs: number) {
    this.#target = new FollowedTarget(locate, sameTarget)
    this.#channel = new RpcChannel(connectTimeoutMs)
  }

  async request(
    command: string,
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    if (signal?.aborted) throw signal.reason
    const call = callOf(command, payload, attachments)
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

  execute(): Promise<Reply> {
    return Promise.reject(new BackendError('UNSUPPORTED_TRANSPORT', 'There is no call to execute over gRPC yet.'))
  }

  abandon(): void {
    for (const controller of this.#inFlight) controller.abort(closedError())
  }

  close(): void {
    this.#channel.close()
  }

  async #exchange(target: RpcTarget, call: RpcCall, signal: AbortSignal): Promise<Reply> {
    const { address, token } = target
    const client = this.#channel.connected(address) ?? (await abortable(this.#channel.connect(address), signal))
    if (signal.aborted) throw signal.reason
    try {
      return await exchange(client, call, token, signal)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw isServiceError(error) ? withHint(errorFromStatus(error, address), target) : error
    }
  }
}

function sameTarget(one: RpcTarget, other: RpcTarget): boolean {
  return one.address === other.address && one.token === other.token
}

function withHint(error: BackendError, { tokenHint }: RpcTarget): BackendError {
  if (!(error instanceof UnauthorizedError) || tokenHint === undefined) return error
  return new UnauthorizedError(error.message, { hint: tokenHint, details: error.details })
}
