import type { PythonBackend } from './backend.ts'
import type { CallOptions } from './call-limits.ts'
import { readEndpoint } from './endpoints.ts'
import { beepHome } from './home.ts'
import { HttpTransport } from './http-transport.ts'
import type { HttpTarget } from './http-transport.ts'
import { httpTarget, locateHttp, locatePipe, parseUrl, pipeTarget } from './locate.ts'
import type { Access } from './locate.ts'
import { PipeTransport } from './pipe-transport.ts'
import type { PipeTarget } from './pipe-transport.ts'
import { TransportBackend } from './transport-backend.ts'

export interface BackendOptions {
  /** The folder of the host; default `BEEP_HOME`, else `~/.beep-python`. Endpoint files are looked up there. */
  readonly home?: string | undefined
  /** Default: the token in the endpoint file of the server, if it has one. */
  readonly token?: string | undefined
  /** Milliseconds until an attempt to connect is given up; default 10 000. */
  readonly connectTimeoutMs?: number | undefined
}

const defaultConnectTimeoutMs = 10_000

/**
 * A backend over HTTP. Nothing is sent before the first call.
 * @param url such as `http://127.0.0.1:5678`
 * @throws BackendError BAD_REQUEST when it is no http URL.
 */
export function createHttpBackend(url: string, options: BackendOptions = {}): PythonBackend {
  parseUrl(url)
  return httpBackend(() => locateHttp(url, accessOf(options)), options)
}

/**
 * A backend over a named pipe (a Unix socket, but on Windows): the fastest way. Nothing is sent before the first call.
 * @param nameOrPath the name of a server, or an absolute socket path, or `\\.\pipe\<name>`
 */
export function createPipeBackend(nameOrPath: string, options: BackendOptions = {}): PythonBackend {
  return pipeBackend(() => locatePipe(nameOrPath, accessOf(options)), options)
}

/**
 * Connects to the running server called `name`, whatever its transport, and follows it when it is restarted elsewhere.
 * @throws BackendError ENDPOINT_NOT_FOUND, ENDPOINT_INVALID, UNSUPPORTED_TRANSPORT; whatever `initialize` throws.
 */
export async function connect(name: string, options: BackendOptions & CallOptions = {}): Promise<PythonBackend> {
  const access = accessOf(options)
  const { transport } = await readEndpoint(access.home, name)
  const backend =
    transport === 'http'
      ? httpBackend(async () => httpTarget(await readEndpoint(access.home, name), access), options)
      : pipeBackend(async () => pipeTarget(await readEndpoint(access.home, name), access), options)
  try {
    await backend.initialize({ signal: options.signal, timeoutMs: options.timeoutMs })
    return backend
  } catch (error) {
    await backend.close()
    throw error
  }
}

function accessOf(options: BackendOptions): Access {
  return { home: beepHome(options.home), token: options.token }
}

function httpBackend(locate: () => Promise<HttpTarget>, options: BackendOptions): PythonBackend {
  const { connectTimeoutMs = defaultConnectTimeoutMs } = options
  return new TransportBackend(() => new HttpTransport(locate, connectTimeoutMs))
}

function pipeBackend(locate: () => Promise<PipeTarget>, options: BackendOptions): PythonBackend {
  const { connectTimeoutMs = defaultConnectTimeoutMs } = options
  return new TransportBackend((events) => new PipeTransport(locate, events, connectTimeoutMs))
}
