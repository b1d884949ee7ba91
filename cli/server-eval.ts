import { isBackendError, PythonError } from '../client/src/errors.ts'
import type { BackendError } from '../client/src/errors.ts'
import { HttpTransport } from '../client/src/http/transport.ts'
import { inlineAttachments } from '../client/src/values/inline-attachments.ts'
import type { JsonObject } from '../client/src/values/json.ts'
import { parseUrl } from '../client/src/find/locate.ts'
import { PipeTransport } from '../client/src/pipe/transport.ts'
import type { Reply, Transport, TransportEvents } from '../client/src/transport.ts'
import { AppError, errorCodeSchema } from '../contract/index.ts'
import type { Endpoint } from '../contract/index.ts'

/** Milliseconds for a server on this machine to take a connection. */
const connectTimeoutMs = 10_000

/** What `eval` answers, in the forms of docs/wire.md: a value, or the object that stays in Python. */
export type Evaluated =
  | { readonly kind: 'value'; readonly value: unknown; readonly typeName: string }
  | { readonly kind: 'handle'; readonly handle: JsonObject }

/** What to evaluate, and the session in which. */
export interface Asked {
  readonly expression: string
  readonly locals: JsonObject
  readonly sessionId?: string
}

const noEvents: TransportEvents = { workerLost: () => {}, unclaimed: () => {} }

/**
 * Evaluates on a running server, through the client's transports: the wire form of the value is what a program wants to
 * see, and JavaScript's own types would lose some of it.
 * @throws AppError with the code of docs/wire.md §5; the reason of `signal`.
 */
export async function evaluateOn(endpoint: Endpoint, asked: Asked, signal: AbortSignal): Promise<Evaluated> {
  const transport = await openTransport(endpoint)
  try {
    const place = await placeFor(transport, asked.sessionId, signal)
    try {
      return readResult(await place.request('eval', { ...asked }, [], signal))
    } finally {
      place.close()
    }
  } catch (error) {
    if (isBackendError(error) && !signal.aborted) throw fromBackendError(error)
    throw signal.aborted ? (signal.reason as Error) : error
  } finally {
    transport.close()
  }
}

/** A session with a process of its own has a pipe of its own; over other transports it is reached where all are. */
async function placeFor(transport: Transport, sessionId: string | undefined, signal: AbortSignal): Promise<Transport> {
  if (sessionId === undefined || transport.atPath === undefined) return transport
  const { path } = (await transport.request('session_heartbeat', { sessionId }, [], signal)).fields
  return typeof path === 'string' ? transport.atPath(path, noEvents) : transport
}

async function openTransport(endpoint: Endpoint): Promise<Transport> {
  switch (endpoint.transport) {
    case 'http': {
      const target = { ...parseUrl(endpoint.url), token: endpoint.token ?? undefined }
      return new HttpTransport(() => Promise.resolve(target), connectTimeoutMs)
    }
    case 'pipe': {
      const target = { path: endpoint.path, token: endpoint.token }
      return new PipeTransport(() => Promise.resolve(target), noEvents, connectTimeoutMs)
    }
    case 'rpc': {
      // It takes a tenth of a second to load, which no other server's eval should wait for.
      const { RpcTransport } = await import('../client/src/rpc/transport.ts')
      const target = { address: endpoint.address, token: endpoint.token ?? undefined }
      return new RpcTransport(() => Promise.resolve(target), connectTimeoutMs)
    }
  }
}

function readResult({ fields, attachments }: Reply): Evaluated {
  const { isHandle, handleId, typeName, repr, shape, dtype, moduleName, value = null } = fields
  if (isHandle === true) {
    return { kind: 'handle', handle: present({ handleId, typeName, repr, shape, dtype, moduleName }) }
  }
  return { kind: 'value', value: inlineAttachments(value, attachments), typeName: String(typeName) }
}

function present(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** Codes of the wire are codes of the contract; what happened on the way to the server is a failure of the server. */
function fromBackendError(error: BackendError): AppError {
  const known = errorCodeSchema.safeParse(error.code)
  const isOnTheWay = error.code.startsWith('CONNECTION_')
  const code = isOnTheWay ? 'SERVER_FAILED' : known.success ? known.data : 'INTERNAL'
  const traceback = error instanceof PythonError && error.traceback !== '' ? { traceback: error.traceback } : {}
  return new AppError(code, error.message, {
    hint: error.hint,
    details: { ...error.details, ...traceback },
    cause: error,
  })
}
