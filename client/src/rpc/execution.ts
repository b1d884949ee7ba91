import { randomUUID } from 'node:crypto'
import type { Client, ClientReadableStream } from '@grpc/grpc-js'
import { methods } from '../_generated/python-service.ts'
import type { Messages } from '../_generated/python-service.ts'
import { onAbort } from '../abort.ts'
import { BackendError } from '../errors.ts'
import type { JsonObject } from '../values/json.ts'
import { decodeMessage } from './protobuf-decode.ts'
import { encodeMessage } from './protobuf-encode.ts'
import { replyFrom } from './calls.ts'
import { metadataFor, requestMessage, same } from './exchange.ts'
import type { ExecutionListener, Reply } from '../transport.ts'

export interface RpcExecution {
  /** By which answers to the code's questions name it. */
  readonly requestId: string
  readonly message: Buffer
}

/** @throws BackendError TOO_LARGE */
export function executionOf(payload: JsonObject, attachments: readonly Uint8Array[]): RpcExecution {
  const requestId = randomUUID()
  return { requestId, message: requestMessage('ExecuteRequest', { ...payload, requestId }, attachments) }
}

/**
 * Sends an Execute and reads its stream of events, the reply last. Aborting the signal rejects at once, and ends the code.
 * @throws ServiceError of the library; BackendError PROTOCOL
 */
export function streamExecution(
  client: Client,
  { requestId, message }: RpcExecution,
  token: string | undefined,
  signal: AbortSignal,
  listener: ExecutionListener,
  worker?: number,
): Promise<Reply> {
  const metadata = metadataFor(token, worker)
  const stream = client.makeServerStreamRequest(methods.Execute.path, same, same, message, metadata)
  const ended = readStream(stream, signal, (bytes) => {
    const { result, ...event } = decodeMessage('ExecuteEvent', bytes)
    if (result !== undefined) return resultReply(result)
    listener.event(eventFields(event))
    return undefined
  })
  listener.started({
    answer: (text) => {
      const answer = encodeMessage('AnswerInputRequest', { requestId, ...(text === null ? { eof: true } : { text }) })
      client.makeUnaryRequest(methods.AnswerInput.path, same, same, answer, metadata, () => {}) // the run tells what is wrong
    },
    pause: () => stream.pause(),
    resume: () => stream.resume(),
  })
  return ended
}

/**
 * Reads a stream of messages to its end. `take` makes the reply of the last one, and tells the others. Aborting the signal rejects
 * at once, and cancels the call.
 */
export function readStream(
  stream: ClientReadableStream<Buffer>,
  signal: AbortSignal,
  take: (bytes: Buffer) => Reply | undefined,
): Promise<Reply> {
  return new Promise<Reply>((resolve, reject) => {
    let reply: Reply | undefined
    const release = onAbort(signal, (reason) => {
      reject(reason)
      stream.cancel()
    })
    stream.on('data', (bytes: Buffer) => {
      try {
        reply = take(bytes) ?? reply
      } catch (error) {
        reject(error)
        stream.cancel()
      }
    })
    stream.on('error', (error) => {
      release()
      reject(error)
    })
    stream.on('end', () => {
      release()
      if (reply !== undefined) resolve(reply)
      // Otherwise the status that follows is an error, and says why.
    })
  })
}

/** An event as it is on the other transports. */
function eventFields({ output, display, input }: Omit<Messages['ExecuteEvent'], 'result'>): JsonObject {
  if (output !== undefined) {
    const { stream, text, cut } = output
    return { event: 'output', stream, text, ...(cut ? { cut } : {}) }
  }
  if (display !== undefined) {
    const data = Object.fromEntries(display.forms.map((form) => [form.mediaType, contentOf(form)]))
    return { event: 'display', data, ...(display.isResult ? { isResult: true } : {}) }
  }
  if (input !== undefined) return { event: 'input', prompt: input.prompt, password: input.password }
  throw new BackendError('PROTOCOL', 'The server told of an event that this client does not know.', {
    hint: 'Client and server are of different versions; update the older one.',
  })
}

function contentOf({ text, data }: Messages['DisplayForm']): string {
  return text ?? Buffer.from(data ?? []).toString('base64')
}

function resultReply({ repr, outputCut, ...result }: Messages['ExecuteResult']): Reply {
  const reply = replyFrom(result)
  return { ...reply, fields: { ...reply.fields, repr, ...(outputCut ? { outputCut } : {}) } }
}
