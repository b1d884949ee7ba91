import { Metadata } from '@grpc/grpc-js'
import type { Client, ClientUnaryCall } from '@grpc/grpc-js'
import { methods } from '../_generated/python-service.ts'
import type { Messages } from '../_generated/python-service.ts'
import { onAbort } from '../abort.ts'
import { BackendError } from '../errors.ts'
import type { JsonObject } from '../values/json.ts'
import { decodeMessage } from './protobuf-decode.ts'
import { encodeMessage } from './protobuf-encode.ts'
import { replyFrom, requestFields, unaryMethods } from './calls.ts'
import type { MethodName } from './calls.ts'
import { TableReceiver } from './table.ts'
import type { Reply } from '../transport.ts'

// docs/wire.md §9. Less than the server takes, so that what stands around it fits.
const maxMessageBytes = 255 * 1024 * 1024

/** How much of an error we can take: Node's HTTP/2 has room for 64 KiB of metadata, where they grow by a third. */
const errorBytes = '40000'

export interface RpcCall {
  readonly method: MethodName
  readonly message: Buffer
}

/** @throws BackendError TOO_LARGE, or BAD_REQUEST for a command that gRPC has no call for. */
export function callOf(command: string, payload: JsonObject, attachments: readonly Uint8Array[]): RpcCall {
  if (command === 'totable') return { method: 'GetTable', message: encodeMessage('GetTableRequest', payload) }
  const how = arrayCommands[command]
  if (how === undefined) return unaryCall(command, payload, attachments)
  return { method: 'GetArray', message: encodeMessage('GetArrayRequest', { ...payload, ...how }) }
}

/** The commands that GetArray stands for, and what it is told for each. */
const arrayCommands: Readonly<Record<string, JsonObject>> = {
  tofloatarray: {},
  tofloatarray2d: { twoDimensional: true },
  toarray: { ownDtype: true },
}

function unaryCall(command: string, payload: JsonObject, attachments: readonly Uint8Array[]): RpcCall {
  const method = unaryMethods[command]
  if (method === undefined) throw new BackendError('BAD_REQUEST', `There is no call for "${command}" over gRPC.`)
  return { method, message: requestMessage(methods[method].request, payload, attachments) }
}

/** A request's message, with values as JSON text and attachments beside them. @throws BackendError TOO_LARGE */
export function requestMessage(name: keyof Messages, payload: JsonObject, attachments: readonly Uint8Array[]): Buffer {
  const attached = attachments.reduce((sum, { byteLength }) => sum + byteLength, 0)
  if (attached > maxMessageBytes) throw tooLarge(attached)
  const message = encodeMessage(name, requestFields(payload, attachments))
  if (message.length > maxMessageBytes) throw tooLarge(message.length)
  return message
}

/**
 * One call and its reply, of any method but GetArray. Aborting the signal rejects at once with its reason, and cancels the call.
 * @throws ServiceError of the library; BackendError PROTOCOL
 */
export function exchange(
  client: Client,
  call: RpcCall,
  token: string | undefined,
  signal: AbortSignal,
  worker?: number,
): Promise<Reply> {
  const metadata = metadataFor(token, worker)
  return new Promise((resolve, reject) => {
    const begin = call.method === 'GetTable' ? beginTable : beginUnary
    const begun = begin(client, call, metadata, (result) => {
      release()
      try {
        resolve(result())
      } catch (error) {
        reject(error)
      }
    })
    const release = onAbort(signal, (reason) => {
      reject(reason)
      begun.cancel()
    })
  })
}

/** @param worker that shall do it, where nothing else says which one must. */
export function metadataFor(token: string | undefined, worker?: number): Metadata {
  const metadata = new Metadata()
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`)
  metadata.set('beep-error-bytes', errorBytes)
  if (worker !== undefined) metadata.set('beep-worker', String(worker))
  return metadata
}

/** Told once how the call ended: gives its reply, or throws. */
type Ended = (result: () => Reply) => void

function beginUnary(client: Client, { method, message }: RpcCall, metadata: Metadata, ended: Ended): Call {
  const { path, reply } = methods[method]
  return client.makeUnaryRequest(path, same, same, message, metadata, (error, bytes) =>
    ended(() => {
      if (error !== null) throw error
      return replyFrom(decodeMessage(reply, bytes ?? new Uint8Array()))
    }),
  )
}

function beginTable(client: Client, { method, message }: RpcCall, metadata: Metadata, ended: Ended): Call {
  const table = new TableReceiver()
  const stream = client.makeServerStreamRequest(methods[method].path, same, same, message, metadata)
  stream.on('data', (bytes: Buffer) => {
    try {
      table.take(decodeMessage('TableChunk', bytes))
    } catch (error) {
      stream.destroy(error as Error)
      stream.cancel()
    }
  })
  const fail = (error: Error): void =>
    ended(() => {
      throw error
    })
  stream.on('error', fail)
  stream.on('end', () => ended(() => table.reply()))
  return stream
}

type Call = Pick<ClientUnaryCall, 'cancel'>

export function same(bytes: Buffer): Buffer {
  return bytes
}

function tooLarge(messageBytes: number): BackendError {
  return new BackendError('TOO_LARGE', `The arguments take ${messageBytes} bytes, more than one call can carry.`, {
    hint: 'At most 255 MiB fit over gRPC. Over a pipe, arrays and bytes may have up to 1 GiB.',
    details: { messageBytes, maxMessageBytes },
  })
}
