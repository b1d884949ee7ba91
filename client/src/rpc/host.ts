import { randomUUID } from 'node:crypto'
import type { Client } from '@grpc/grpc-js'
import { methods } from '../_generated/python-service.ts'
import { onAbort } from '../abort.ts'
import { BackendError } from '../errors.ts'
import type { JsonObject } from '../values/json.ts'
import { decodeMessage } from './protobuf-decode.ts'
import { encodeMessage } from './protobuf-encode.ts'
import { metadataFor, same } from './exchange.ts'
import { readStream } from './execution.ts'
import { hostMethods } from './host-methods.ts'
import type { ExecutionListener, Reply } from '../transport.ts'

export interface RpcWork {
  /** By which Cancel names it. */
  readonly requestId: string
  readonly path: string
  readonly message: Buffer
}

/** Long work of the host as a call whose stream tells how far it is. */
export function workOf(command: string, payload: JsonObject): RpcWork {
  const unary = (hostMethods as Readonly<Record<string, string>>)[command] ?? ''
  const method = methods[`${unary}Stream` as keyof typeof methods]
  if (method === undefined) throw new BackendError('BAD_REQUEST', `There is no stream for "${command}" over gRPC.`)
  const requestId = randomUUID()
  return { requestId, path: method.path, message: encodeMessage(method.request, { ...payload, requestId }) }
}

/** @throws ServiceError of the library; BackendError PROTOCOL */
export function streamWork(
  client: Client,
  { requestId, path, message }: RpcWork,
  token: string | undefined,
  signal: AbortSignal,
  listener: ExecutionListener,
): Promise<Reply> {
  const metadata = metadataFor(token)
  // Said so, too, since a server may go on with what its caller has left.
  const release = onAbort(signal, () => {
    client.makeUnaryRequest(
      methods.Cancel.path,
      same,
      same,
      encodeMessage('CancelRequest', { requestId }),
      metadata,
      () => {},
    )
  })
  const stream = client.makeServerStreamRequest(path, same, same, message, metadata)
  return readStream(stream, signal, (bytes) => {
    const { progress, ...results } = decodeMessage('HostEvent', bytes)
    if (progress !== undefined) {
      listener.event({ event: 'progress', ...progress })
      return undefined
    }
    const result = Object.values(results).find((one) => one !== undefined)
    if (result === undefined)
      throw new BackendError('PROTOCOL', 'The host told of an event that this client does not know.')
    return { fields: { ...result }, attachments: [], tagged: false }
  }).finally(release)
}
