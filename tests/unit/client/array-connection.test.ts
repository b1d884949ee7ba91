import { once } from 'node:events'
import { constants, createServer as createHttp2Server } from 'node:http2'
import type { Http2Server, ServerHttp2Stream } from 'node:http2'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { status } from '@grpc/grpc-js'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { BackendError } from '../../../client/src/errors.ts'
import { ArrayConnection } from '../../../client/src/rpc/array-connection.ts'
import { errorFromStatus, isServiceError } from '../../../client/src/rpc/error.ts'
import { encodeMessage } from '../../../client/src/rpc/protobuf-encode.ts'
import { metadataFor } from '../../../client/src/rpc/exchange.ts'
import type { Reply } from '../../../client/src/transport.ts'
import { eventually } from './eventually.ts'

async function startDeaf(): Promise<{ deaf: Server; address: string }> {
  const deaf = createServer((socket) => socket.on('error', () => {}))
  return { deaf, address: await listening(deaf) }
}

/** An HTTP/2 server of whatever kind. */
async function startHttp2(answer: (stream: ServerHttp2Stream) => void): Promise<string> {
  const server = createHttp2Server()
  server.on('stream', (stream) => {
    stream.on('error', () => {})
    answer(stream)
  })
  return listening(server)
}

async function listening(server: Server | Http2Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function connect(connectTimeoutMs = 5000): ArrayConnection {
  const connection = new ArrayConnection(connectTimeoutMs)
  onTestFinished(() => connection.close())
  return connection
}

function arrayFrom(connection: ArrayConnection, address: string, message = request): Promise<Reply> {
  return connection.fetch(address, message, metadataFor('t'), new AbortController().signal)
}

async function failureFrom(address: string, message = request): Promise<unknown> {
  const error: unknown = await arrayFrom(connect(), address, message).catch((thrown: unknown) => thrown)
  return isServiceError(error) ? errorFromStatus(error, address) : error
}

const request = encodeMessage('GetArrayRequest', { handleId: 'h1' })
const long = encodeMessage('GetArrayRequest', { handleId: 'h'.repeat(10_000) })

describe('a connection for arrays', () => {
  it('closed while it is being made: its call ends at once, and nothing stays open', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const { deaf, address } = await startDeaf()
    const connection = connect(60_000)
    const failure = expect(arrayFrom(connection, address)).rejects.toMatchObject({ code: 'CLOSED' })
    const [socket] = (await once(deaf, 'connection')) as [Socket]
    const gone = once(socket.resume(), 'close')
    expect(vi.getTimerCount()).toBe(1)
    connection.close()
    await failure
    await gone
    expect(vi.getTimerCount()).toBe(0)
  })

  it('closed while a call at an earlier address is under way: nothing stays open', async () => {
    const connection = connect()
    const streams: ServerHttp2Stream[] = []
    const first = await startHttp2((stream) => streams.push(stream))
    const hanging = expect(arrayFrom(connection, first)).rejects.toMatchObject({ code: status.UNAVAILABLE })
    await eventually('the first call is there', () => streams.length === 1)
    const second = await startHttp2((stream) => answerWith(stream, Uint8Array.of(7)))
    expect((await arrayFrom(connection, second)).attachments).toEqual([Uint8Array.of(7)])
    const gone = once(streams[0]!.session!, 'close')
    connection.close()
    await hanging
    await gone
  })

  it('that refuses a call is left for another one, once, and its other calls go on', async () => {
    const connection = connect()
    const sessions = new Set<unknown>()
    const streams: ServerHttp2Stream[] = []
    const address = await startHttp2((stream) => {
      streams.push(stream)
      sessions.add(stream.session)
      if (streams.length === 2) stream.close(constants.NGHTTP2_REFUSED_STREAM)
      if (streams.length === 3) answerWith(stream, Uint8Array.of(3))
    })
    const other = arrayFrom(connection, address)
    await eventually('the other call is there', () => streams.length === 1)
    expect((await arrayFrom(connection, address)).attachments).toEqual([Uint8Array.of(3)])
    expect([streams.length, sessions.size]).toEqual([3, 2])
    answerWith(streams[0]!, Uint8Array.of(1))
    expect((await other).attachments).toEqual([Uint8Array.of(1)])
  })

  it('that the server takes leave of: the call that it did not see is made on another one', async () => {
    const ours = createHttp2Server().on('stream', (stream) => answerWith(stream, Uint8Array.of(9)))
    let connections = 0
    const address = await listening(
      createServer((socket) => {
        connections += 1
        if (connections === 1) takeLeave(socket)
        else ours.emit('connection', socket)
      }),
    )
    expect((await arrayFrom(connect(), address, long)).attachments).toEqual([Uint8Array.of(9)])
    expect(connections).toBe(2)
  })

  it('has no limit of its own to what it holds', async () => {
    const address = await startHttp2((stream) => {
      stream.respond({ 'grpc-status': String(status.UNIMPLEMENTED), 'grpc-message': 'no' }, { endStream: true })
    })
    const message = encodeMessage('GetArrayRequest', { handleId: 'h'.repeat(12_000_000) })
    expect(await failureFrom(address, message)).toMatchObject({ details: { status: 'UNIMPLEMENTED', reason: 'no' } })
  })
})

describe('an end that is no status of gRPC', () => {
  it.each([
    [
      'another HTTP server',
      (stream: ServerHttp2Stream) => stream.respond({ ':status': 404 }, { endStream: true }),
      'PROTOCOL',
    ],
    [
      'a stream without an end of its own',
      (stream: ServerHttp2Stream) => (stream.respond(), stream.end()),
      'CONNECTION_LOST',
    ],
    ['a refused stream', closing(constants.NGHTTP2_REFUSED_STREAM), 'CONNECTION_FAILED'],
    ['a stream that was cancelled there', closing(constants.NGHTTP2_CANCEL), 'CONNECTION_LOST'],
    ['an error of the protocol', closing(constants.NGHTTP2_PROTOCOL_ERROR), 'PROTOCOL'],
    ['a server that has had enough', closing(constants.NGHTTP2_ENHANCE_YOUR_CALM), 'TOO_LARGE'],
    ['a connection that breaks', (stream: ServerHttp2Stream) => stream.session?.destroy(), 'CONNECTION_LOST'],
  ])('%s', async (_, answer, code) => {
    expect(await failureFrom(await startHttp2(answer))).toMatchObject({ code })
  })

  it.each([
    [400, 'PROTOCOL', 'INTERNAL'],
    [401, 'UNAUTHORIZED', 'UNAUTHENTICATED'],
    [403, 'PROTOCOL', 'PERMISSION_DENIED'],
    [404, 'PROTOCOL', 'UNIMPLEMENTED'],
    [418, 'PROTOCOL', 'UNKNOWN'],
    [429, 'CONNECTION_LOST', undefined],
    [502, 'CONNECTION_LOST', undefined],
    [503, 'CONNECTION_LOST', undefined],
    [504, 'CONNECTION_LOST', undefined],
  ])('HTTP status %i with a page for people', async (http, code, meant) => {
    const address = await startHttp2((stream) => {
      stream.respond({ ':status': http, 'content-type': 'text/html' })
      stream.end('<!doctype html><p>This is no server of yours.')
    })
    const error = await failureFrom(address)
    expect(error).toMatchObject({ code, message: expect.stringContaining(`HTTP status ${http}`) })
    expect((error as BackendError).details['status']).toBe(meant)
  })
})

function closing(code: number): (stream: ServerHttp2Stream) => void {
  return (stream) => stream.close(code)
}

/** The reply of a server whose array these bytes are. */
function answerWith(stream: ServerHttp2Stream, data: Uint8Array): void {
  const message = encodeMessage('ArrayChunk', { dtype: 'uint8', shape: [data.byteLength], data })
  stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  stream.end(Buffer.concat([Buffer.of(0, 0, 0, 0, message.byteLength), message]))
}

/** Speaks HTTP/2 until a long request comes, and says then that it has seen none and that it takes no more. */
function takeLeave(socket: Socket): void {
  const settings = Buffer.of(0, 0, 0, 4, 0, 0, 0, 0, 0)
  const goAway = Buffer.concat([Buffer.of(0, 0, 8, 7, 0, 0, 0, 0, 0), Buffer.alloc(8)])
  socket.on('error', () => {})
  socket.write(settings)
  socket.on('data', (piece) => {
    if (piece.includes('h'.repeat(100))) socket.end(goAway)
  })
}
