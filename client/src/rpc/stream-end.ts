import { constants } from 'node:http2'
import type { IncomingHttpHeaders } from 'node:http2'
import { status } from '@grpc/grpc-js'
import type { ServiceError } from '@grpc/grpc-js'
import { statusError } from './status.ts'

/** Only such an answer has messages of gRPC in it; that of another HTTP server has a page for people. */
export function isAnswer(head: IncomingHttpHeaders): boolean {
  return (head[':status'] ?? 200) === 200
}

/** What ends a call that no status of gRPC has ended: the same as the library says. */
export function endWithoutStatus(head: IncomingHttpHeaders, code = 0, failure?: NodeJS.ErrnoException): ServiceError {
  if (!isAnswer(head)) {
    const http = Number(head[':status'])
    return statusError(statusOfHttp[http] ?? status.UNKNOWN, `the server answered with the HTTP status ${http}`)
  }
  // Node says so of a stream that the other side has ended, and something else of a connection that broke.
  if (failure !== undefined && failure.code !== 'ERR_HTTP2_STREAM_ERROR')
    return statusError(status.UNAVAILABLE, failure.message)
  switch (code) {
    case constants.NGHTTP2_REFUSED_STREAM:
      return statusError(status.UNAVAILABLE, 'No connection established: the server takes no calls any more')
    case constants.NGHTTP2_NO_ERROR:
    case constants.NGHTTP2_CANCEL:
      return statusError(status.UNAVAILABLE, 'Connection dropped')
    case constants.NGHTTP2_ENHANCE_YOUR_CALM:
      return statusError(status.RESOURCE_EXHAUSTED, 'bandwidth exhausted or memory limit exceeded')
    default:
      return statusError(status.INTERNAL, `the stream ended with code ${code}`)
  }
}

const statusOfHttp: Readonly<Record<number, status>> = {
  400: status.INTERNAL,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.UNIMPLEMENTED,
  429: status.UNAVAILABLE,
  502: status.UNAVAILABLE,
  503: status.UNAVAILABLE,
  504: status.UNAVAILABLE,
}
