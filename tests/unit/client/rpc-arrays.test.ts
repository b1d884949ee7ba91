import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { status } from '@grpc/grpc-js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { BackendError } from '../../../client/src/errors.ts'
import { RpcTransport } from '../../../client/src/rpc/transport.ts'
import { eventually } from './eventually.ts'
import { FakeRpcServer } from './fake-rpc-server.ts'
import type { RpcCall } from './fake-rpc-server.ts'

const large = Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251)
const payload = { handleId: 'h1' }

function sendAll(call: RpcCall, bytes: Uint8Array = large): void {
  call.send({ dtype: 'uint8', shape: [bytes.byteLength], data: bytes.subarray(0, 1000) })
  call.send({ data: bytes.subarray(1000) })
  call.end()
}

function transportTo(address: string, token = 'secret', connectTimeoutMs = 5000): RpcTransport {
  const transport = new RpcTransport(async () => ({ address, token }), connectTimeoutMs)
  onTestFinished(() => transport.close())
  return transport
}

function fetched(transport: RpcTransport, signal?: AbortSignal): Promise<Uint8Array | undefined> {
  return transport.request('toarray', payload, [], signal).then(({ attachments }) => attachments[0])
}

async function start(): Promise<{ server: FakeRpcServer; transport: RpcTransport }> {
  const server = await FakeRpcServer.listen()
  server.answer = (call) => sendAll(call)
  return { server, transport: transportTo(server.address) }
}

describe('arrays over rpc', () => {
  it('come whole, one after another and many at once, each with the token', async () => {
    const { server, transport } = await start()
    expect(Buffer.compare((await fetched(transport))!, large)).toBe(0)
    server.answer = (call) => sendAll(call, large.subarray(0, 1_000_000 + server.calls.length))
    const many = await Promise.all(Array.from({ length: 6 }, () => fetched(transport)))
    for (const [index, bytes] of many.entries()) {
      expect(Buffer.compare(bytes!, large.subarray(0, 1_000_002 + index))).toBe(0)
    }
    expect(new Set(server.calls.map(({ metadata }) => metadata.get('authorization')[0]))).toEqual(
      new Set(['Bearer secret']),
    )
  })

  it('an error in place of data, and one behind some of it', async () => {
    const { server, transport } = await start()
    const error = { code: 'HANDLE_NOT_FOUND', message: 'there is no é', hint: 'again' }
    server.answer = (call) => call.fail(status.NOT_FOUND, 'there is no é', error)
    await expect(fetched(transport)).rejects.toMatchObject(error)
    server.answer = (call) => {
      call.send({ dtype: 'uint8', shape: [2], data: Uint8Array.of(1) })
      call.fail(status.ABORTED, 'w', { code: 'WORKER_LOST', message: 'w', detailsJson: '{"exitCode":9}' })
    }
    await expect(fetched(transport)).rejects.toMatchObject({ code: 'WORKER_LOST', exitCode: 9 })
    server.answer = (call) => call.fail(status.UNAUTHENTICATED, 'the token is wrong')
    await expect(fetched(transport)).rejects.toMatchObject({ code: 'UNAUTHORIZED', message: 'the token is wrong' })
    server.answer = (call) => sendAll(call)
    expect(await fetched(transport)).toHaveLength(large.byteLength)
  })

  it('given up in the middle: the server hears of it, and the next one comes', async () => {
    const { server, transport } = await start()
    server.answer = (call) =>
      call.send({ dtype: 'uint8', shape: [large.byteLength], data: large.subarray(0, 1_000_000) })
    const abort = new AbortController()
    const failure = expect(fetched(transport, abort.signal)).rejects.toBe('enough')
    await eventually('the call is there', () => server.calls.length === 1)
    abort.abort('enough')
    await failure
    await eventually('the server hears of it', () => server.calls[0]?.isCancelled() === true)
    const last = expect(fetched(transport)).rejects.toMatchObject({ code: 'CLOSED' })
    await eventually('the second call is there', () => server.calls.length === 2)
    transport.abandon()
    await last
    await eventually('the server hears of that, too', () => server.calls[1]?.isCancelled() === true)
    server.answer = (call) => sendAll(call)
    expect(await fetched(transport)).toHaveLength(large.byteLength)
    transport.close()
    await expect(fetched(transport)).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it('a server that goes in the middle, and is back', async () => {
    const { server, transport } = await start()
    server.answer = (call) => {
      call.send({ dtype: 'uint8', shape: [large.byteLength], data: large.subarray(0, 1000) })
      server.stop()
    }
    await expect(fetched(transport)).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await eventually('nobody answers', async () => {
      const error: unknown = await fetched(transport).catch((thrown: unknown) => thrown)
      return error instanceof BackendError && error.code === 'CONNECTION_FAILED'
    })
    await expect(fetched(transport)).rejects.toMatchObject({ details: { systemCode: 'ECONNREFUSED' } })
    const again = await FakeRpcServer.listen(server.address)
    again.answer = (call) => sendAll(call)
    expect(await fetched(transport)).toHaveLength(large.byteLength)
  })

  it('somebody who takes the connection and says nothing', async () => {
    const deaf = createServer(() => {}).listen(0, '127.0.0.1')
    onTestFinished(() => void deaf.close())
    await new Promise((resolve) => deaf.once('listening', resolve))
    const transport = transportTo(`127.0.0.1:${(deaf.address() as AddressInfo).port}`, 'secret', 100)
    await expect(fetched(transport)).rejects.toMatchObject({ code: 'CONNECTION_FAILED', details: { timeoutMs: 100 } })
  })
})
