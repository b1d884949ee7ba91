import type { PythonBackend } from './backend.ts'
import { backendAccess, defaultConnectTimeoutMs } from './backend-options.ts'
import type { BackendOptions } from './backend-options.ts'
import type { CallOptions } from './call-limits.ts'
import { readEndpoint } from './find/endpoints.ts'
import type { Endpoint } from './find/endpoints.ts'
import { BackendError } from './errors.ts'
import { HttpTransport } from './http/transport.ts'
import type { HttpTarget } from './http/transport.ts'
import { httpTarget, locateHttp, locatePipe, parseUrl, pipeTarget, rpcTarget } from './find/locate.ts'
import type { Access } from './find/locate.ts'
import { PipeWorkers } from './pipe/workers.ts'
import type { PipeTarget } from './pipe/transport.ts'
import type * as Rpc from './rpc.ts'
import { TransportBackend } from './transport-backend.ts'

export type { BackendOptions }

/**
 * A backend over HTTP. Nothing is sent before the first call.
 * @param url such as `http://127.0.0.1:5678`
 * @throws BackendError BAD_REQUEST when it is no http URL.
 */
export function createHttpBackend(url: string, options: BackendOptions = {}): PythonBackend {
  parseUrl(url)
  return httpBackend(() => locateHttp(url, backendAccess(options)), options)
}

/**
 * A backend over a named pipe (a Unix socket, but on Windows): the fastest way. Nothing is sent before the first call.
 * @param nameOrPath the name of a server, or an absolute socket path, or `\\.\pipe\<name>`
 */
export function createPipeBackend(nameOrPath: string, options: BackendOptions = {}): PythonBackend {
  return pipeBackend(() => locatePipe(nameOrPath, backendAccess(options)), options)
}

/**
 * Connects to the running server called `name`, whatever its transport, and follows it when it is restarted elsewhere.
 * @throws BackendError ENDPOINT_NOT_FOUND, ENDPOINT_INVALID, UNSUPPORTED_TRANSPORT; whatever `initialize` throws.
 */
export async function connect(name: string, options: BackendOptions & CallOptions = {}): Promise<PythonBackend> {
  const access = backendAccess(options)
  const find = (): Promise<Endpoint> => readEndpoint(access.home, name)
  const backend = await backendFor((await find()).transport, find, access, options)
  try {
    await backend.initialize({ signal: options.signal, timeoutMs: options.timeoutMs })
    return backend
  } catch (error) {
    await backend.close()
    throw error
  }
}

async function backendFor(
  transport: Endpoint['transport'],
  find: () => Promise<Endpoint>,
  access: Access,
  options: BackendOptions,
): Promise<PythonBackend> {
  switch (transport) {
    case 'http':
      return httpBackend(async () => httpTarget(await find(), access), options)
    case 'pipe':
      return pipeBackend(async () => pipeTarget(await find(), access), options)
    case 'rpc':
      return (await loadRpc()).rpcBackend(async () => rpcTarget(await find(), access), options)
  }
}

/** Only who uses gRPC needs its package, so nobody else loads it. */
async function loadRpc(): Promise<Pick<typeof Rpc, 'rpcBackend'>> {
  try {
    return await import('./rpc.ts')
  } catch (cause) {
    throw new BackendError('UNSUPPORTED_TRANSPORT', 'A server over gRPC needs the package @grpc/grpc-js.', {
      hint: 'Run `npm install @grpc/grpc-js`, or start the server as http or pipe.',
      cause,
    })
  }
}

function httpBackend(locate: () => Promise<HttpTarget>, options: BackendOptions): PythonBackend {
  const { connectTimeoutMs = defaultConnectTimeoutMs } = options
  return new TransportBackend(() => new HttpTransport(locate, connectTimeoutMs))
}

function pipeBackend(locate: () => Promise<PipeTarget>, options: BackendOptions): PythonBackend {
  const { connectTimeoutMs = defaultConnectTimeoutMs } = options
  return new TransportBackend((events) => new PipeWorkers(locate, events, connectTimeoutMs))
}
