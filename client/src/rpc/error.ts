import { Metadata, status } from '@grpc/grpc-js'
import type { ServiceError } from '@grpc/grpc-js'
import { BackendError, ConnectionError, UnauthorizedError } from '../errors.ts'
import { parseJsonObject } from '../values/json.ts'
import type { JsonObject } from '../values/json.ts'
import { decodeMessage } from './protobuf-decode.ts'
import { errorFromWire } from '../wire-error.ts'

const detailsKey = 'grpc-status-details-bin'
const typeName = 'beep.python.runtime.CallError'

// So the library begins what it says of a call that never left this process.
const neverSent = /^(No connection established|Name resolution failed)/

/** The error that a call ended with: the server's own where it sent one, else what the status means. */
export function errorFromStatus(error: ServiceError, address: string): BackendError {
  const sent = sentError(error)
  if (sent !== undefined) return errorFromWire(sent)
  const { code, details } = error
  const facts = { address, status: status[code] ?? code, reason: details }
  switch (code) {
    case status.UNAVAILABLE:
    // Not by us: the server went, and took its calls along.
    case status.CANCELLED:
      return connectionError(error, address)
    case status.UNAUTHENTICATED:
      return new UnauthorizedError(details, { details: facts })
    case status.RESOURCE_EXHAUSTED:
      return new BackendError('TOO_LARGE', `The message is larger than the server takes: ${details}`, {
        hint: 'Send it in several calls, or over a pipe, which takes up to 1 GiB of arrays and bytes.',
        details: facts,
      })
    default:
      return new BackendError('PROTOCOL', `The call ended with ${status[code] ?? code}: ${details}`, {
        hint: 'Check that the address is that of a Beep Python server, and that client and server are of the same version.',
        details: facts,
      })
  }
}

/** No connection, or one that broke. `CONNECTION_FAILED`: nothing was sent. */
function connectionError(cause: ServiceError, address: string): ConnectionError {
  const code = /\bE[A-Z]{3,}\b/.exec(cause.details)?.[0] ?? cause.details
  const details = { address, systemCode: code }
  if (wasNeverSent(cause)) {
    return new ConnectionError('CONNECTION_FAILED', `No server answers at ${address} (${code}).`, {
      hint: 'Start the server, or check the address.',
      details,
      cause,
    })
  }
  return new ConnectionError('CONNECTION_LOST', `The connection to ${address} was lost in a call (${code}).`, {
    hint: 'The call may or may not have been done. The next call connects again.',
    details,
    cause,
  })
}

/** Nothing of the call was done, so that it may be made again. */
export function wasNeverSent(thrown: unknown): boolean {
  return isServiceError(thrown) && thrown.code === status.UNAVAILABLE && neverSent.test(thrown.details)
}

export function connectionTimeout(address: string, timeoutMs: number): ConnectionError {
  return new ConnectionError(
    'CONNECTION_FAILED',
    `The server at ${address} did not take the connection in ${timeoutMs} ms.`,
    {
      hint: 'It may be starting or overloaded: look in its log, or try again.',
      details: { address, timeoutMs },
    },
  )
}

/** The flat error in the details of a status (docs/wire.md §9). */
function sentError(error: ServiceError): JsonObject | undefined {
  const [bytes] = error.metadata.get(detailsKey)
  if (!(bytes instanceof Uint8Array)) return undefined
  try {
    const { details } = decodeMessage('CallStatus', bytes)
    const packed = details.find(({ typeUrl }) => typeUrl.endsWith(`/${typeName}`))
    if (packed === undefined) return undefined
    const { code, message, traceback, hint, detailsJson } = decodeMessage('CallError', packed.value)
    return { code, message, traceback, hint, details: parseJsonObject(detailsJson) }
  } catch {
    return undefined
  }
}

export function isServiceError(thrown: unknown): thrown is ServiceError {
  return thrown instanceof Error && 'metadata' in thrown && thrown.metadata instanceof Metadata
}
