import { constants } from 'node:http2'
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2'
import { status } from '@grpc/grpc-js'
import type { Metadata, ServiceError } from '@grpc/grpc-js'
import { methods } from '../_generated/python-service.ts'
import { onAbort } from '../abort.ts'
import { ArrayReceiver } from './array.ts'
import { ChunkReader } from './chunk-reader.ts'
import { statusError, statusIn } from './status.ts'
import type { Reply } from '../transport.ts'

/**
 * One GetArray and its reply. Aborting the signal rejects at once with its reason, and cancels the call.
 * @param copied told of each piece of the stream once nobody needs it any more.
 * @throws ServiceError as the library has it; BackendError PROTOCOL
 */
export function fetchArray(
  session: ClientHttp2Session,
  message: Buffer,
  metadata: Metadata,
  signal: AbortSignal,
  copied: (piece: Uint8Array) => void,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const array = new ArrayReceiver()
    const reader = new ChunkReader(array)
    let isGivenUp = false
    let end: 'ok' | ServiceError | undefined
    let head: IncomingHttpHeaders = {}
    let failure: NodeJS.ErrnoException | undefined
    const stream = begun(session, { ...metadata.toHttp2Headers(), ...headers })
    const giveUp = (reason: unknown): void => {
      isGivenUp = true
      reject(reason)
      stream.close(constants.NGHTTP2_CANCEL)
    }
    const release = onAbort(signal, giveUp)
    stream.on('response', (received) => {
      head = received
      end = statusIn(received)
    })
    stream.on('trailers', (received) => (end = statusIn(received)))
    // What still comes after the end is read, too, or the others on the connection would wait.
    stream.on('data', (piece: Buffer) => {
      try {
        if (!isGivenUp) reader.take(piece)
      } catch (error) {
        giveUp(error)
      }
      copied(piece)
    })
    stream.on('error', (error) => (failure = error))
    stream.on('close', () => {
      release()
      try {
        if (end !== 'ok') throw end ?? endWithoutStatus(head, stream.rstCode, failure)
        reader.end()
        resolve(array.reply())
      } catch (error) {
        reject(error)
      }
    })
    stream.end(framed(message))
  })
}

const headers = {
  ':method': 'POST',
  ':path': methods.GetArray.path,
  'content-type': 'application/grpc',
  te: 'trailers',
}

/** A connection that is lost may not have told so yet. */
function begun(session: ClientHttp2Session, sent: OutgoingHttpHeaders): ClientHttp2Stream {
  try {
    return session.request(sent)
  } catch (error) {
    throw statusError(status.UNAVAILABLE, `No connection established: ${(error as Error).message}`)
  }
}

function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(5)
  prefix.writeUInt32BE(message.byteLength, 1)
  return Buffer.concat([prefix, message])
}

/** What ends a call that no status has ended. */
function endWithoutStatus(head: IncomingHttpHeaders, code = 0, failure?: NodeJS.ErrnoException): ServiceError {
  const http = head[':status'] ?? 200
  if (http !== 200) return statusError(status.UNKNOWN, `the server answered with the HTTP status ${http}`)
  // Node says so of a stream that the other side has ended, and something else of a connection that broke.
  if (failure !== undefined && failure.code !== 'ERR_HTTP2_STREAM_ERROR')
    return statusError(status.UNAVAILABLE, failure.message)
  switch (code) {
    case constants.NGHTTP2_REFUSED_STREAM:
      return statusError(status.UNAVAILABLE, 'No connection established: the server takes no calls any more')
    case constants.NGHTTP2_NO_ERROR:
    case constants.NGHTTP2_CANCEL:
      return statusError(status.UNAVAILABLE, 'Connection dropped')
    default:
      return statusError(status.INTERNAL, `the stream ended with code ${code}`)
  }
}
