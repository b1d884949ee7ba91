import type { PythonBackend } from './backend.ts'
import { backendAccess, defaultConnectTimeoutMs } from './backend-options.ts'
import type { BackendOptions } from './backend-options.ts'
import { locateRpc, parseAddress } from './find/locate.ts'
import { RpcTransport } from './rpc/transport.ts'
import type { RpcTarget } from './rpc/target.ts'
import { TransportBackend } from './transport-backend.ts'

export type { BackendOptions }

/**
 * A backend over gRPC; it needs the package @grpc/grpc-js beside this one. Nothing is sent before the first call.
 * @param address such as `127.0.0.1:50051`
 * @throws BackendError BAD_REQUEST when it is no address.
 */
export function createRpcBackend(address: string, options: BackendOptions = {}): PythonBackend {
  parseAddress(address)
  return rpcBackend(() => locateRpc(address, backendAccess(options)), options)
}

/** For `connect`, which knows the server's name. */
export function rpcBackend(locate: () => Promise<RpcTarget>, options: BackendOptions): PythonBackend {
  const { connectTimeoutMs = defaultConnectTimeoutMs } = options
  return new TransportBackend(() => new RpcTransport(locate, connectTimeoutMs))
}
