import { status } from '@grpc/grpc-js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connect } from '../../../client/src/create-backend.ts'
import type { BackendError } from '../../../client/src/errors.ts'
import { createRpcBackend } from '../../../client/src/rpc.ts'
import { announce } from './announce.ts'
import { eventually } from './eventually.ts'
import { FakeRpcServer } from './fake-rpc-server.ts'
import { tempFolder } from './temp-folder.ts'

const two = { valueJson: '2', typeName: 'int' }

describe('a restarted rpc server', () => {
  it('is followed to another address, and asked with its new token', async () => {
    const home = tempFolder()
    const first = await FakeRpcServer.listen()
    first.answer = (call) => call.reply({ status: 'ok', protocol: 1 })
    announce(home, 'r', { transport: 'rpc', address: first.address, token: 'one' })
    const python = await connect('r', { home })
    onTestFinished(() => python.close())
    expect(python.transport).toBe('rpc')
    first.stop()
    const second = await FakeRpcServer.listen()
    second.answer = (call) => call.reply(two)
    announce(home, 'r', { transport: 'rpc', address: second.address, token: 'two' })
    await eventually('the new one is found', async () => (await python.evaluate('2').catch(() => 0)) === 2)
    expect(second.calls[0]?.metadata.get('authorization')).toEqual(['Bearer two'])
  })

  it('with a new token at the same address is asked once more', async () => {
    const home = tempFolder()
    const server = await FakeRpcServer.listen()
    announce(home, 'r', { transport: 'rpc', address: server.address, token: 'one' })
    let token = 'one'
    server.answer = (call) => {
      if (call.metadata.get('authorization')[0] === `Bearer ${token}`) call.reply(two)
      else call.fail(status.UNAUTHENTICATED, 'no', { code: 'UNAUTHORIZED', message: 'no' })
    }
    const python = createRpcBackend(server.address, { home })
    onTestFinished(() => python.close())
    expect(await python.evaluate('2')).toBe(2)
    token = 'two'
    announce(home, 'r', { transport: 'rpc', address: server.address, token: 'two' })
    expect(await python.evaluate('2')).toBe(2)
    token = 'three'
    await expect(python.evaluate('2')).rejects.toMatchObject({ name: 'UnauthorizedError' })
    expect(server.calls).toHaveLength(4)
  })

  it('without a token anywhere: the refusal says where it was sought', async () => {
    const server = await FakeRpcServer.listen()
    server.answer = (call) => call.fail(status.UNAUTHENTICATED, 'no', { code: 'UNAUTHORIZED', message: 'no' })
    const home = tempFolder()
    announce(home, 'broken', { version: 9 })
    const python = createRpcBackend(server.address, { home })
    onTestFinished(() => python.close())
    const error: unknown = await python.evaluate('1').catch((thrown: unknown) => thrown)
    expect(server.calls[0]?.metadata.get('authorization')).toEqual([])
    expect((error as BackendError).hint).toContain('broken.json: its version is 9')
  })
})
