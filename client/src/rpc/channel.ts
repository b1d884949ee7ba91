import { Client, connectivityState, credentials } from '@grpc/grpc-js'
import type { ChannelOptions } from '@grpc/grpc-js'
import { connectionTimeout } from './error.ts'
import { closedError } from '../transport.ts'

const options: ChannelOptions = {
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  // Loopback is not reached through a proxy.
  'grpc.enable_http_proxy': 0,
  // Connections of our own: closing one backend must not depend on another, nor wait for what another one failed at.
  'grpc.use_local_subchannel_pool': 1,
  // An array is not slowed down by asking for more of it every 64 KiB.
  'grpc-node.flow_control_window': 8 * 1024 * 1024,
}

/** Keeps a client of one server: connected by the first call, and again by the first call after the connection was lost. */
export class RpcChannel {
  readonly #connectTimeoutMs: number
  #client: Client | undefined
  #address = ''
  #connecting: Promise<Client> | undefined
  #closed = false

  constructor(connectTimeoutMs: number) {
    this.#connectTimeoutMs = connectTimeoutMs
  }

  /** The client, if a call would go out at once. */
  connected(address: string): Client | undefined {
    if (this.#closed) throw closedError()
    if (this.#client === undefined || this.#address !== address) return undefined
    return stateOf(this.#client) === connectivityState.READY ? this.#client : undefined
  }

  /** Calls that come while a connection is being made wait for that one. */
  connect(address: string): Promise<Client> {
    this.#connecting ??= this.#open(address).finally(() => {
      this.#connecting = undefined
    })
    return this.#connecting
  }

  close(): void {
    this.#closed = true
    this.#client?.close()
  }

  /** Waits until the client is connected, or knows why not: its next call says it. */
  async #open(address: string): Promise<Client> {
    const deadline = Date.now() + this.#connectTimeoutMs
    const client = this.#freshClient(address)
    for (let state = stateOf(client); ; state = stateOf(client)) {
      if (state === connectivityState.READY || state === connectivityState.TRANSIENT_FAILURE) return client
      if (!(await changed(client, state, deadline))) throw connectionTimeout(address, this.#connectTimeoutMs)
      if (this.#closed) throw closedError()
    }
  }

  /** The client that we have, but not one that has failed: that waits before it tries again, and a new one does not. */
  #freshClient(address: string): Client {
    const old = this.#client
    const hasFailed = old !== undefined && stateOf(old) === connectivityState.TRANSIENT_FAILURE
    if (old !== undefined && !hasFailed && this.#address === address) return old
    old?.close()
    this.#client = new Client(address, credentials.createInsecure(), options)
    this.#address = address
    return this.#client
  }
}

/** Asking makes an idle client connect. */
function stateOf(client: Client): connectivityState {
  return client.getChannel().getConnectivityState(true)
}

/** Waits until the state is another one; false when the time is over. */
function changed(client: Client, state: connectivityState, deadline: number): Promise<boolean> {
  return new Promise((resolve) => {
    client.getChannel().watchConnectivityState(state, deadline, (late) => resolve(!(late instanceof Error)))
  })
}
