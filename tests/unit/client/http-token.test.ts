import { describe, expect, it, onTestFinished } from 'vitest'
import { createHttpBackend } from '../../../client/src/create-backend.ts'
import type { BackendError } from '../../../client/src/errors.ts'
import { announce } from './announce.ts'
import { FakeHttpServer } from './fake-http-server.ts'
import { value } from './fake-pool.ts'
import { tempFolder } from './temp-folder.ts'

describe('the token', () => {
  it('is found by the address, whatever name the loopback has, and the latest file counts', async () => {
    const server = await FakeHttpServer.listen()
    server.answer = (call) => call.reply(200, value(1))
    const home = tempFolder()
    announce(home, 'other', { transport: 'http', url: 'http://127.0.0.1:1', token: 'other' })
    announce(home, 'old', { transport: 'http', url: server.url, token: 'old' })
    announce(home, 'new', { transport: 'http', url: server.url, token: 'new', startedAt: '2026-02-01T00:00:00Z' })
    const python = createHttpBackend(`http://localhost:${server.port}/`, { home })
    onTestFinished(() => python.close())
    await python.evaluate('1')
    expect(server.calls[0]?.headers.authorization).toBe('Bearer new')
  })

  it('of a restarted server is read anew, once, when the old one is refused', async () => {
    const server = await FakeHttpServer.listen()
    const home = tempFolder()
    announce(home, 'a', { transport: 'http', url: server.url, token: 'one' })
    let token = 'one'
    server.answer = (call) =>
      call.headers.authorization === `Bearer ${token}`
        ? call.reply(200, value(1))
        : call.reply(401, { error: 'no', code: 'UNAUTHORIZED', message: 'no' })
    const python = createHttpBackend(server.url, { home })
    onTestFinished(() => python.close())
    await python.evaluate('1')
    token = 'two'
    announce(home, 'a', { transport: 'http', url: server.url, token: 'two' })
    expect(await python.evaluate('1')).toBe(1)
    token = 'three'
    await expect(python.evaluate('1')).rejects.toMatchObject({ name: 'UnauthorizedError', code: 'UNAUTHORIZED' })
    expect(server.calls).toHaveLength(4)
  })

  it('that is nowhere: the refusal says where it was sought, and which files could not be used', async () => {
    const server = await FakeHttpServer.listen()
    server.answer = (call) => call.reply(401, { error: 'no', code: 'UNAUTHORIZED', message: 'no' })
    const home = tempFolder()
    announce(home, 'broken', { version: 9 })
    const python = createHttpBackend(server.url, { home })
    onTestFinished(() => python.close())
    const error: unknown = await python.evaluate('1').catch((thrown: unknown) => thrown)
    expect(server.calls[0]?.headers).not.toHaveProperty('authorization')
    expect((error as BackendError).hint).toContain(home)
    expect((error as BackendError).hint).toContain('broken.json: its version is 9')
  })
})
