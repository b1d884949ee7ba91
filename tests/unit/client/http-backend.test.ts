import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PythonBackend } from '../../../client/src/backend.ts'
import { createHttpBackend } from '../../../client/src/create-backend.ts'
import type { BackendOptions } from '../../../client/src/create-backend.ts'
import {
  BackendError,
  BusyError,
  CancelledError,
  PythonError,
  TimeoutError,
  WorkerLostError,
} from '../../../client/src/errors.ts'
import { eventually } from './eventually.ts'
import { FakeHttpServer } from './fake-http-server.ts'
import { handle, value } from './fake-pool.ts'
import { tempFolder } from './temp-folder.ts'

async function start(options: BackendOptions = {}): Promise<{ server: FakeHttpServer; python: PythonBackend }> {
  const server = await FakeHttpServer.listen()
  const python = createHttpBackend(server.url, { home: tempFolder(), token: 'secret', ...options })
  onTestFinished(() => python.close())
  return { server, python }
}

describe('the operations of an http backend', () => {
  it('initialize asks /health, with the token', async () => {
    const { server, python } = await start()
    server.answer = (call) => call.reply(200, { status: 'ok', protocol: 1, python: '3.12.1', pid: 7 })
    expect(await python.initialize()).toEqual({ protocol: 1, python: '3.12.1', pid: 7 })
    const [call] = server.calls
    expect(call).toMatchObject({ method: 'GET', path: '/health', json: undefined })
    expect(call?.headers).toMatchObject({ authorization: 'Bearer secret', host: `127.0.0.1:${server.port}` })
    expect(call?.headers).not.toHaveProperty('origin')
    expect(python).toMatchObject({ isInitialized: true, transport: 'http' })
  })

  it('every other one posts JSON to a path of its own, over one connection, each with an id of its own', async () => {
    const { server, python } = await start()
    const replies: Record<string, object> = {
      '/import': { ...handle('m1', 'module'), moduleName: 'math' },
      '/create': handle('h1'),
      '/call': value(1),
      '/getattr': value(null),
      '/setattr': { success: true },
      '/eval': value({ $type: 'float', value: 'nan' }),
      '/module_available': { available: false },
      '/wrap': handle('h2'),
      '/dispose': { success: true },
    }
    server.answer = (call) => call.reply(200, replies[call.path] ?? {})
    const module = await python.importModule('math')
    const thing = await python.createObject(module, 'Thing', [], { a: 1 })
    expect(await python.callMethod(thing, 'go', [thing])).toBe(1)
    expect(await python.getAttribute(thing, 'x')).toBe(null)
    await python.setAttribute(thing, 'x', 2n ** 60n)
    expect(await python.evaluate('nan')).toBeNaN()
    expect(await python.isModuleAvailable('nothing')).toBe(false)
    await python.dispose(await python.wrap('é'))
    expect(server.calls.map(({ path, json }) => [path, json])).toEqual([
      ['/import', { moduleName: 'math' }],
      ['/create', { moduleHandleId: 'm1', className: 'Thing', kwargs: { a: 1 } }],
      ['/call', { handleId: 'h1', methodName: 'go', args: [{ handleId: 'h1' }] }],
      ['/getattr', { handleId: 'h1', attributeName: 'x' }],
      ['/setattr', { handleId: 'h1', attributeName: 'x', value: { $type: 'int', value: String(2n ** 60n) } }],
      ['/eval', { expression: 'nan' }],
      ['/module_available', { moduleName: 'nothing' }],
      ['/wrap', { value: 'é' }],
      ['/dispose', { handleId: 'h2' }],
    ])
    expect(server.connections).toBe(1)
    expect(new Set(server.calls.map(({ headers }) => headers['x-request-id'])).size).toBe(9)
    expect(new Set(server.calls.map(({ headers }) => headers['content-type']))).toEqual(new Set(['application/json']))
  })
})

describe('errors of an http backend', () => {
  const error = (code: string, more: object = {}): object => ({
    error: 'why',
    detail: 'why',
    code,
    message: 'why',
    ...more,
  })

  it.each([
    [
      422,
      error('PYTHON_ERROR', { traceback: 'T', details: { exceptionType: 'a.B' } }),
      PythonError,
      { exceptionType: 'a.B', traceback: 'T' },
    ],
    [
      422,
      error('PYTHON_EXIT', { details: { exitCode: 3 } }),
      PythonError,
      { exceptionType: 'SystemExit', exitCode: 3 },
    ],
    [503, error('BUSY', { details: { limit: 1000 } }), BusyError, { code: 'BUSY', limit: 1000 }],
    [502, error('WORKER_LOST', { details: { exitCode: 9, lastLines: [] } }), WorkerLostError, { exitCode: 9 }],
    [
      404,
      error('HANDLE_NOT_FOUND', { hint: 'get it again' }),
      BackendError,
      { code: 'HANDLE_NOT_FOUND', hint: 'get it again' },
    ],
    [413, 'too large', BackendError, { code: 'TOO_LARGE' }],
    [404, { detail: 'Not Found' }, BackendError, { code: 'NOT_FOUND', message: 'Not Found' }],
    [500, 'Internal Server Error', BackendError, { code: 'INTERNAL' }],
    [418, '', BackendError, { code: 'PROTOCOL' }],
    [400, error('NEW_CODE'), BackendError, { code: 'UNKNOWN', details: { serverCode: 'NEW_CODE' } }],
    [200, '<html>', BackendError, { code: 'PROTOCOL', details: { beginning: '<html>' } }],
    [200, '[1]', BackendError, { code: 'PROTOCOL' }],
  ])('%i with %o', async (status, body, type, expected) => {
    const { server, python } = await start()
    server.answer = (call) => call.reply(status, body)
    const thrown: unknown = await python.evaluate('1').catch((reason: unknown) => reason)
    expect(thrown).toBeInstanceOf(type)
    expect(thrown).toMatchObject(expected)
  })

  it('nobody there, a connection that breaks before and in the answer', async () => {
    const { server, python } = await start()
    server.answer = ({ response }) => response.destroy()
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    server.answer = ({ response }) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('{')
      process.nextTick(() => response.destroy())
    }
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'CONNECTION_LOST', name: 'ConnectionError' })
    await server.stop()
    await expect(python.evaluate('1')).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
      details: { systemCode: 'ECONNREFUSED' },
    })
  })

  it.each(['ftp://x', 'https://127.0.0.1:1', '127.0.0.1:5678', ''])('%j is refused as an address', (url) => {
    expect(() => createHttpBackend(url)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }))
  })
})

describe('cancelling over http', () => {
  it('an aborted call rejects at once, and the server sees the caller go', async () => {
    const { server, python } = await start()
    const abort = new AbortController()
    const call = python.evaluate('work()', {}, { signal: abort.signal })
    const received = await server.next()
    abort.abort()
    await expect(call).rejects.toBeInstanceOf(CancelledError)
    await eventually('the server sees the caller go', received.isAbandoned)
    server.answer = (next) => next.reply(200, value(2))
    expect(await python.evaluate('2')).toBe(2)
  })

  it('also while the answer arrives', async () => {
    const { server, python } = await start()
    const abort = new AbortController()
    const call = python.evaluate('1', {}, { signal: abort.signal })
    const failure = expect(call).rejects.toBeInstanceOf(CancelledError)
    const { response, isAbandoned } = await server.next()
    response.writeHead(200, { 'content-length': 100 })
    await new Promise((resolve) => response.write('{"value"', resolve))
    for (let turn = 0; turn < 5; turn += 1) await setImmediate() // the head is on this side by now
    abort.abort()
    await failure
    await eventually('the server sees the caller go', isAbandoned)
  })

  it('timeoutMs, and close', async () => {
    const { python } = await start()
    await expect(python.evaluate('1', {}, { timeoutMs: 30 })).rejects.toBeInstanceOf(TimeoutError)
    const call = python.evaluate('2')
    const failure = expect(call).rejects.toMatchObject({ code: 'CLOSED' })
    await python.close()
    await failure
  })
})

describe('connections over http', () => {
  it('a call that has not been sent when the backend is closed is not sent', async () => {
    const { server, python } = await start()
    const failure = expect(python.evaluate('1')).rejects.toMatchObject({ code: 'CLOSED' })
    await python.close()
    await failure
    expect(server.calls).toEqual([])
  })

  it('a token that no header can carry is told without showing it', async () => {
    const { python } = await start({ token: 'secret\n' })
    const failure = python.evaluate('1').catch((error: unknown) => error)
    const error = (await failure) as BackendError
    expect(error).toMatchObject({ code: 'BAD_REQUEST' })
    expect(`${error.message} ${JSON.stringify(error.details)}`).not.toContain('secret')
  })

  it('one that the server closed while our event loop was busy is not used', async () => {
    const { server, python } = await start()
    server.answer = (call) => call.reply(200, value(1))
    await python.evaluate('1')
    const [first] = server.calls
    first?.response.socket?.end()
    server.closeIdle()
    const until = performance.now() + 1100
    while (performance.now() < until); // no event is handled in this time, as under heavy work
    expect(await python.evaluate('1')).toBe(1)
    expect(server.connections).toBe(2)
  })

  it('at most 64 at once; further calls wait their turn', async () => {
    const { server, python } = await start()
    const calls = Array.from({ length: 70 }, () => python.evaluate('1'))
    await eventually('64 calls arrive', () => server.calls.length === 64)
    server.answer = (call) => call.reply(200, value(1))
    for (const call of server.calls.slice()) call.reply(200, value(1))
    expect(await Promise.all(calls)).toHaveLength(70)
    expect(server.connections).toBe(64)
  })
})

describe('what is too large for http', () => {
  it('is refused before it is sent, with a way out', async () => {
    const { server, python } = await start()
    const hint: unknown = expect.stringContaining('pipe')
    await expect(python.wrap(new Uint8Array(50 * 1024 * 1024))).rejects.toMatchObject({ code: 'TOO_LARGE', hint })
    await expect(python.wrap('x'.repeat(64 * 1024 * 1024))).rejects.toMatchObject({ code: 'TOO_LARGE', hint })
    expect(server.calls).toHaveLength(0)
  })
})
