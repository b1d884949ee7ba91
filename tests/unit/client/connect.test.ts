import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connect, createPipeBackend } from '../../../client/src/create-backend.ts'
import { isPipePath, parseUrl } from '../../../client/src/find/locate.ts'
import { announce } from './announce.ts'
import { FakeHttpServer } from './fake-http-server.ts'
import { FakePool, value } from './fake-pool.ts'
import { tempFolder } from './temp-folder.ts'

const pong = { status: 'ok', protocol: 1 }

describe('isPipePath', () => {
  it.each([
    ['/run/a.sock', 'linux', true],
    ['/run/a.sock', 'darwin', true],
    ['\\\\.\\pipe\\beep', 'win32', true],
    ['\\\\?\\pipe\\beep', 'win32', true],
    ['C:\\x\\a.sock', 'win32', true],
    ['C:\\x\\a.sock', 'linux', false],
    ['demo', 'linux', false],
    ['demo', 'win32', false],
    ['./a.sock', 'linux', false],
  ] as const)('%s on %s: %s', (text, platform, expected) => {
    expect(isPipePath(text, platform)).toBe(expected)
  })
})

describe('parseUrl', () => {
  it.each([
    ['http://127.0.0.1:5678', { host: '127.0.0.1', port: 5678, basePath: '' }],
    ['http://[::1]:5678/', { host: '::1', port: 5678, basePath: '' }],
    ['http://localhost/api/', { host: 'localhost', port: 80, basePath: '/api' }],
  ])('%s', (url, expected) => {
    expect(parseUrl(url)).toEqual(expected)
  })
})

describe('connect', () => {
  it('takes the transport, address and token of the endpoint file', async () => {
    const home = tempFolder()
    const pool = await FakePool.listen()
    pool.answer = ({ command }) => (command === 'hello' ? { success: true } : pong)
    announce(home, 'a pipe', { transport: 'pipe', path: pool.path, token: 'secret' })
    const pipe = await connect('a pipe', { home })
    onTestFinished(() => pipe.close())
    expect(pipe).toMatchObject({ transport: 'pipe', isInitialized: true })
    expect(pool.requests[0]).toMatchObject({ command: 'hello', payload: { token: 'secret' } })

    const server = await FakeHttpServer.listen()
    server.answer = (call) => call.reply(200, pong)
    announce(home, 'é http', { transport: 'http', url: server.url, token: 'other' })
    const http = await connect('é http', { home })
    onTestFinished(() => http.close())
    expect(http.transport).toBe('http')
    expect(server.calls[0]?.headers.authorization).toBe('Bearer other')
  })

  it('follows a server that was started again elsewhere', async () => {
    const home = tempFolder()
    const first = await FakeHttpServer.listen()
    first.answer = (call) => call.reply(200, pong)
    announce(home, 'a', { transport: 'http', url: first.url })
    const http = await connect('a', { home })
    onTestFinished(() => http.close())
    await first.stop()
    for (let turn = 0; turn < 3; turn += 1) await setImmediate() // so that this process hears of it, too
    const second = await FakeHttpServer.listen()
    second.answer = (call) => call.reply(200, value(2))
    announce(home, 'a', { transport: 'http', url: second.url })
    expect(await http.evaluate('2')).toBe(2)

    const pool = await FakePool.listen()
    pool.answer = () => pong
    announce(home, 'p', { transport: 'pipe', path: pool.path })
    const pipe = await connect('p', { home })
    onTestFinished(() => pipe.close())
    await pool.stop()
    for (let turn = 0; turn < 3; turn += 1) await setImmediate()
    const next = await FakePool.listen()
    next.answer = () => value(3)
    announce(home, 'p', { transport: 'pipe', path: next.path })
    expect(await pipe.evaluate('3')).toBe(3)
  })

  it('says what is wrong', async () => {
    const home = tempFolder()
    announce(home, 'r', { transport: 'rpc', address: '127.0.0.1:1' })
    announce(home, 'gone', { transport: 'pipe', path: join(home, 'gone.sock') })
    announce(home, 'bad', { transport: 'pipe' })
    await expect(connect('r', { home })).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
    await expect(connect('gone', { home })).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
    await expect(connect('bad', { home })).rejects.toMatchObject({ code: 'ENDPOINT_INVALID' })
    await expect(connect('none', { home })).rejects.toMatchObject({ code: 'ENDPOINT_NOT_FOUND' })
    await expect(connect('gone', { home, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('createPipeBackend', () => {
  it('finds the address by the name, and the token by either', async () => {
    const home = tempFolder()
    const pool = await FakePool.listen()
    pool.answer = ({ command }) => (command === 'hello' ? { success: true } : value(1))
    announce(home, 'é', { transport: 'pipe', path: pool.path, token: 'secret' })
    for (const nameOrPath of ['é', pool.path]) {
      const python = createPipeBackend(nameOrPath, { home })
      onTestFinished(() => python.close())
      expect(await python.evaluate('1')).toBe(1)
    }
    const hellos = pool.requests.filter(({ command }) => command === 'hello')
    expect(hellos.map(({ payload }) => payload)).toEqual([{ token: 'secret' }, { token: 'secret' }])
  })

  it('refuses the name of a server with another door, and what is neither name nor path', async () => {
    const home = tempFolder()
    announce(home, 'h', { transport: 'http', url: 'http://127.0.0.1:1' })
    for (const [name, code] of [
      ['h', 'UNSUPPORTED_TRANSPORT'],
      ['./x.sock', 'BAD_REQUEST'],
      ['none', 'ENDPOINT_NOT_FOUND'],
    ] as const) {
      const python = createPipeBackend(name, { home })
      await expect(python.evaluate('1')).rejects.toMatchObject({ code })
      await python.close()
    }
  })
})
