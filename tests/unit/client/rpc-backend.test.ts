import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { status } from '@grpc/grpc-js'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PythonBackend } from '../../../client/src/backend.ts'
import { BackendError, CancelledError, PythonError, TimeoutError, WorkerLostError } from '../../../client/src/errors.ts'
import type { PythonHandle } from '../../../client/src/handle.ts'
import { createRpcBackend } from '../../../client/src/rpc.ts'
import type { BackendOptions } from '../../../client/src/rpc.ts'
import { eventually } from './eventually.ts'
import { FakeRpcServer } from './fake-rpc-server.ts'
import { tempFolder } from './temp-folder.ts'

async function start(options: BackendOptions = {}): Promise<{ server: FakeRpcServer; python: PythonBackend }> {
  const server = await FakeRpcServer.listen()
  const python = createRpcBackend(server.address, { home: tempFolder(), token: 'secret', ...options })
  onTestFinished(() => python.close())
  return { server, python }
}

const two = { valueJson: '2', typeName: 'int' }

describe('the operations of an rpc backend', () => {
  it('each is a call of its own, with the token', async () => {
    const { server, python } = await start()
    const replies: Record<string, object> = {
      Health: { status: 'ok', protocol: 1, python: '3.12.1', pid: 7 },
      ImportModule: { handleId: 'm1', typeName: 'module', moduleName: 'math' },
      CreateObject: { handleId: 'h1', typeName: 'a.B', repr: 'B()', shape: [2], dtype: 'int8' },
      CallMethod: { handle: { handleId: 'h2', typeName: 'x', repr: 'x' } },
      GetAttribute: { valueJson: '{"$type":"float","value":"nan"}', typeName: 'float' },
      SetAttribute: { success: true },
      Evaluate: { valueJson: '[{"$type":"bytes","attachment":0}]', attachments: [Uint8Array.of(1, 2)] },
      IsModuleAvailable: { available: true },
      WrapValue: { handleId: 'h3', typeName: 'list' },
      DisposeHandle: { success: true },
    }
    server.answer = (call) => call.reply(replies[call.name] ?? {})
    expect(await python.initialize()).toEqual({ protocol: 1, python: '3.12.1', pid: 7 })
    const module = await python.importModule('math')
    expect(module).toMatchObject({ id: 'm1', moduleName: 'math', typeName: 'module' })
    const thing = await python.createObject(module, 'Thing', [Uint8Array.of(9)], { a: 1 })
    expect(thing).toMatchObject({ repr: 'B()', shape: [2], dtype: 'int8' })
    expect((await python.callMethod<PythonHandle>(thing, 'go', [thing])).id).toBe('h2')
    expect(await python.getAttribute(thing, 'x')).toBeNaN()
    await python.setAttribute(thing, 'x', null)
    expect(await python.evaluate('x', { x: 'é' })).toStrictEqual([Uint8Array.of(1, 2)])
    expect(await python.isModuleAvailable('json')).toBe(true)
    await python.dispose(await python.wrap([1]))
    expect(server.calls.map(({ name, message }) => [name, message])).toMatchObject([
      ['Health', {}],
      ['ImportModule', { moduleName: 'math' }],
      [
        'CreateObject',
        {
          moduleHandleId: 'm1',
          className: 'Thing',
          argsJson: '[{"$type":"bytes","attachment":0}]',
          kwargsJson: '{"a":1}',
          attachments: [Uint8Array.of(9)],
        },
      ],
      ['CallMethod', { handleId: 'h1', methodName: 'go', argsJson: '[{"handleId":"h1"}]', kwargsJson: '' }],
      ['GetAttribute', { handleId: 'h1', attributeName: 'x' }],
      ['SetAttribute', { handleId: 'h1', attributeName: 'x', valueJson: 'null' }],
      ['Evaluate', { expression: 'x', localsJson: '{"x":"é"}' }],
      ['IsModuleAvailable', { moduleName: 'json' }],
      ['WrapValue', { valueJson: '[1]' }],
      ['DisposeHandle', { handleId: 'h3' }],
    ])
    expect(new Set(server.calls.map(({ metadata }) => metadata.get('authorization')[0]))).toEqual(
      new Set(['Bearer secret']),
    )
  })

  it('arrays come in pieces that end anywhere', async () => {
    const { server, python } = await start()
    server.answer = (call) => call.reply({ handleId: 'h1', typeName: 'array' })
    const thing = await python.wrap([])
    const sent = Float64Array.of(1, NaN, -Infinity, 4)
    const bytes = new Uint8Array(sent.buffer)
    server.answer = (call) => {
      call.send({ dtype: 'float64', shape: [2, 2], data: bytes.subarray(0, 5) })
      call.send({ data: bytes.subarray(5) })
      call.end()
    }
    expect(await python.toFloatArray2D(thing)).toStrictEqual([sent.subarray(0, 2), sent.subarray(2)])
    expect(server.calls[1]).toMatchObject({ name: 'GetArray', message: { handleId: 'h1', twoDimensional: true } })
    const broken = [
      [{ dtype: 'float64', shape: [2], data: bytes.subarray(0, 8) }],
      [{ dtype: 'float64', shape: [1], data: bytes }],
      [{ dtype: 'text', shape: [1], data: bytes }],
      [],
    ]
    for (const chunks of broken) {
      server.answer = (call) => {
        for (const chunk of chunks) call.send(chunk)
        call.end()
      }
      await expect(python.toFloatArray(thing)).rejects.toMatchObject({ code: 'PROTOCOL' })
    }
  })

  it('arrays of any dtype and tables come in pieces, too', async () => {
    const { server, python } = await start()
    server.answer = (call) => call.reply({ handleId: 'h1', typeName: 'array' })
    const thing = await python.wrap([])
    server.answer = (call) => {
      call.send({ dtype: 'complex64', shape: [1], data: new Uint8Array(3) })
      call.send({ data: new Uint8Array(5) })
      call.end()
    }
    expect(await python.toArray(thing)).toEqual({ dtype: 'complex64', shape: [1], data: new Float32Array(2) })
    expect(server.calls[1]).toMatchObject({ name: 'GetArray', message: { handleId: 'h1', ownDtype: true } })
    server.answer = (call) => {
      call.send({ rows: 7, data: Uint8Array.of(1, 2) })
      call.send({ data: Uint8Array.of(3) })
      call.end()
    }
    expect(await python.toTable(thing)).toEqual({ rows: 7, data: Uint8Array.of(1, 2, 3) })
    expect(server.calls[2]).toMatchObject({ name: 'GetTable', message: { handleId: 'h1' } })
  })

  it.each(['', 'localhost', '127.0.0.1', 'https://127.0.0.1:1', '127.0.0.1:1/path', 'unix:/x'])(
    '%j is refused as an address',
    (address) => {
      expect(() => createRpcBackend(address)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }))
    },
  )

  it('an address may have a scheme, and localhost is as good', async () => {
    const { server } = await start()
    server.answer = (call) => call.reply(two)
    const python = createRpcBackend(`http://localhost:${server.address.split(':')[1]}`, { home: tempFolder() })
    onTestFinished(() => python.close())
    expect(await python.evaluate('2')).toBe(2)
  })
})

describe('errors of an rpc backend', () => {
  it.each([
    [
      status.INTERNAL,
      { code: 'PYTHON_ERROR', message: 'why', traceback: 'T', detailsJson: '{"exceptionType":"a.B"}' },
      PythonError,
      { exceptionType: 'a.B', traceback: 'T', message: 'why' },
    ],
    [
      status.ABORTED,
      { code: 'WORKER_LOST', message: 'w', detailsJson: '{"exitCode":9}' },
      WorkerLostError,
      { exitCode: 9 },
    ],
    [
      status.NOT_FOUND,
      { code: 'HANDLE_NOT_FOUND', message: 'w', hint: 'again' },
      BackendError,
      { code: 'HANDLE_NOT_FOUND', hint: 'again' },
    ],
    [status.INTERNAL, { code: 'NEW_CODE', message: 'w' }, BackendError, { code: 'UNKNOWN' }],
    [status.RESOURCE_EXHAUSTED, undefined, BackendError, { code: 'TOO_LARGE' }],
    [status.UNIMPLEMENTED, undefined, BackendError, { code: 'PROTOCOL', details: { status: 'UNIMPLEMENTED' } }],
    [status.UNAUTHENTICATED, undefined, BackendError, { code: 'UNAUTHORIZED' }],
  ])('status %i with %o', async (code, sent, type, expected) => {
    const { server, python } = await start()
    server.answer = (call) => call.fail(code, 'the text of the status', sent)
    const thrown: unknown = await python.evaluate('1').catch((reason: unknown) => reason)
    expect(thrown).toBeInstanceOf(type)
    expect(thrown).toMatchObject(expected)
  })

  it('what is no message of the service is said to be none', async () => {
    const { server, python } = await start()
    server.answer = (call) => call.sendRaw(Buffer.from([0xff]))
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'PROTOCOL' })
    server.answer = (call) => call.reply({ valueJson: '{' })
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'PROTOCOL' })
  })

  it('nobody there, and a server that goes in mid-call', async () => {
    const { server, python } = await start()
    server.answer = () => server.stop()
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'CONNECTION_LOST', name: 'ConnectionError' })
    await eventually('nobody answers', async () => {
      const error: unknown = await python.evaluate('1').catch((thrown: unknown) => thrown)
      return error instanceof BackendError && error.code === 'CONNECTION_FAILED'
    })
    await expect(python.evaluate('1')).rejects.toMatchObject({ details: { systemCode: 'ECONNREFUSED' } })
    // It is back: the next call finds it at once.
    const again = await FakeRpcServer.listen(server.address)
    again.answer = (call) => call.reply(two)
    expect(await python.evaluate('2')).toBe(2)
  })

  it('somebody who takes the connection and says nothing', async () => {
    const deaf = createServer(() => {}).listen(0, '127.0.0.1')
    onTestFinished(() => void deaf.close())
    await new Promise((resolve) => deaf.once('listening', resolve))
    const { port } = deaf.address() as AddressInfo
    const python = createRpcBackend(`127.0.0.1:${port}`, { home: tempFolder(), connectTimeoutMs: 100 })
    onTestFinished(() => python.close())
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'CONNECTION_FAILED', details: { timeoutMs: 100 } })
  })

  it('too much for one call is not sent', async () => {
    const { server, python } = await start()
    const large = new Uint8Array(256 * 1024 * 1024)
    await expect(python.evaluate('x', { x: large })).rejects.toMatchObject({ code: 'TOO_LARGE' })
    expect(server.calls).toEqual([])
  })
})

describe('calls that are given up over rpc', () => {
  it('by a signal, by timeoutMs, by close', async () => {
    const { server, python } = await start()
    const abort = new AbortController()
    const call = python.evaluate('work()', {}, { signal: abort.signal })
    const failure = expect(call).rejects.toBeInstanceOf(CancelledError)
    await eventually('the call is there', () => server.calls.length === 1)
    abort.abort()
    await failure
    await eventually('the server hears of it', () => server.calls[0]?.isCancelled() === true)
    await expect(python.evaluate('1', {}, { timeoutMs: 30 })).rejects.toBeInstanceOf(TimeoutError)
    const last = expect(python.evaluate('2')).rejects.toMatchObject({ code: 'CLOSED' })
    await eventually('the last call is there', () => server.calls.length === 3)
    await python.close()
    await last
    await expect(python.evaluate('3')).rejects.toMatchObject({ code: 'CLOSED' })
  })
})
