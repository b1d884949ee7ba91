import type { IncomingHttpHeaders } from 'node:http2'
import { Metadata, status } from '@grpc/grpc-js'
import type { ServiceError } from '@grpc/grpc-js'

const messageKey = 'grpc-message'
const statusKey = 'grpc-status'

/** An error as the library makes it of a status. */
export function statusError(code: status, details: string, metadata = new Metadata()): ServiceError {
  return Object.assign(new Error(`${code} ${status[code]}: ${details}`), { code, details, metadata })
}

/** The end of a call, if these headers are one: `ok`, or the error that they tell of. */
export function statusIn(headers: IncomingHttpHeaders): 'ok' | ServiceError | undefined {
  const code = headers[statusKey]
  if (code === undefined) return undefined
  if (code === '0') return 'ok'
  return statusError(Number(code), decoded(String(headers[messageKey] ?? '')), Metadata.fromHttp2Headers(headers))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
