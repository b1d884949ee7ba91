import { constants } from 'node:http2'
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2'
import { status } from '@grpc/grpc-js'
import type { Metadata, ServiceError } from '@grpc/grpc-js'
import { methods } from '../_generated/python-service.ts'
import { onAbort } from '../abort.ts'
import { ArrayReceiver } from './array.ts'
import { ChunkReader } from './chunk-reader.ts'
import { statusError, statusIn } from './status.ts'
import { endWithoutStatus, isAnswer } from './stream-end.ts'
import type { Reply } from '../transport.ts'

const headers = {
  ':method': 'POST',
  ':path': methods.GetArray.path,
  'content-type': 'application/grpc',
  te: 'trailers',
}

/** The stream of one GetArray. @throws ServiceError: a connection that is lost, or takes no more calls, may not have told so yet. */
export function beginArray(session: ClientHttp2Session, metadata: Metadata): ClientHttp2Stream {
  try {
    return session.request({ ...metadata.toHttp2Headers(), ...headers })
  } catch (error) {
    throw statusError(status.UNAVAILABLE, `No connection established: ${(error as Error).message}`)
  }
}

/**
 * Sends the request of one GetArray, and takes its reply. Aborting the signal rejects at once with its reason, and cancels the call.
 * @param copied told of each piece of the stream once nobody needs it any more.
 * @throws ServiceError as the library has it; BackendError PROTOCOL
 */
export function fetchArray(
  stream: ClientHttp2Stream,
  message: Buffer,
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
        if (!isGivenUp && isAnswer(head)) reader.take(piece)
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

function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(5)
  prefix.writeUInt32BE(message.byteLength, 1)
  return Buffer.concat([prefix, message])
}
