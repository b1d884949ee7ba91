import { Metadata, Server, ServerCredentials } from '@grpc/grpc-js'
import type { ServerUnaryCall, ServerWritableStream, status } from '@grpc/grpc-js'
import { onTestFinished } from 'vitest'
import { methods } from '../../../client/src/_generated/python-service.ts'
import type { Messages } from '../../../client/src/_generated/python-service.ts'
import { decodeMessage } from '../../../client/src/rpc/protobuf-decode.ts'
import { encodeMessage } from '../../../client/src/rpc/protobuf-encode.ts'

type Name = keyof typeof methods

export interface RpcCall {
  readonly name: Name
  readonly message: object
  readonly metadata: Metadata
  readonly isCancelled: () => boolean
  reply(message: object): void
  /** One of a stream. */
  send(message: object): void
  end(): void
  fail(code: status, details: string, error?: Partial<Messages['CallError']>): void
  /** As if a newer server, or none of ours, had sent it. */
  sendRaw(bytes: Buffer): void
}

const streams: readonly Name[] = ['Execute', 'GetArray', 'GetTable']
const same = (bytes: Buffer): Buffer => bytes

/** Speaks the service of the proto, and answers as a test tells it. Gone at the end of the test. */
export class FakeRpcServer {
  readonly calls: RpcCall[] = []
  answer: (call: RpcCall) => void = () => {}
  address = ''
  readonly #server = new Server()

  static async listen(address = '127.0.0.1:0'): Promise<FakeRpcServer> {
    const fake = new FakeRpcServer()
    const definition = Object.fromEntries(
      Object.entries(methods).map(([name, { path }]) => {
        const types = {
          requestSerialize: same,
          requestDeserialize: same,
          responseSerialize: same,
          responseDeserialize: same,
        }
        return [name, { path, requestStream: false, responseStream: streams.includes(name as Name), ...types }]
      }),
    )
    const handlers = Object.keys(methods).map((name) => [name, fake.#handler(name as Name)])
    fake.#server.addService(definition, Object.fromEntries(handlers))
    const port = await new Promise<number>((resolve, reject) => {
      fake.#server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      )
    })
    fake.address = `127.0.0.1:${port}`
    onTestFinished(() => fake.stop())
    return fake
  }

  stop(): void {
    this.#server.forceShutdown()
  }

  #handler(name: Name) {
    type Callback = (error: object | null, reply?: Buffer) => void
    return (call: ServerUnaryCall<Buffer, Buffer> | ServerWritableStream<Buffer, Buffer>, done?: Callback): void => {
      const { request: asked, reply: replied } = methods[name]
      const stream = streams.includes(name) ? (call as ServerWritableStream<Buffer, Buffer>) : undefined
      const encode = (message: object): Buffer => encodeMessage(replied, message)
      const made: RpcCall = {
        name,
        message: decodeMessage(asked, call.request),
        metadata: call.metadata,
        isCancelled: () => call.cancelled,
        reply: (message) => done?.(null, encode(message)),
        send: (message) => stream?.write(encode(message)),
        end: () => stream?.end(),
        sendRaw: (bytes) => (stream === undefined ? done?.(null, bytes) : stream.write(bytes)),
        fail: (code, details, error) => {
          const failure = { code, details, metadata: error === undefined ? new Metadata() : detailsOf(code, error) }
          if (stream === undefined) done?.(failure)
          else stream.emit('error', failure)
        },
      }
      this.calls.push(made)
      this.answer(made)
    }
  }
}

function detailsOf(code: number, error: Partial<Messages['CallError']>): Metadata {
  const value = encodeMessage('CallError', error)
  const typeUrl = 'type.googleapis.com/beep.python.runtime.CallError'
  const metadata = new Metadata()
  metadata.set('grpc-status-details-bin', encodeMessage('CallStatus', { code, details: [{ typeUrl, value }] }))
  return metadata
}
