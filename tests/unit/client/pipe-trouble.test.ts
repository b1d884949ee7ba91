import { rmSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPipeBackend } from '../../../client/src/create-backend.ts'
import { ConnectionError, WorkerLostError } from '../../../client/src/errors.ts'
import { eventually } from './eventually.ts'
import { FakePool, handle, value } from './fake-pool.ts'
import { startPipe } from './start-pipe.ts'
import { tempFolder } from './temp-folder.ts'
import { frame } from './wire-frames.ts'

describe('losing the worker', () => {
  it('rejects what is in flight with the evidence; the connection goes on', async () => {
    const { pool, python } = await startPipe()
    const calls = [python.evaluate('os.abort()'), python.evaluate('2')]
    const request = await pool.next()
    const second = await pool.next()
    request.connection.write(
      frame({
        id: null,
        event: 'worker.lost',
        error: 'The worker was killed by SIGABRT',
        code: 'WORKER_LOST',
        message: 'The worker was killed by SIGABRT',
        details: { signal: 'SIGABRT', lastLines: ['Fatal Python error: Aborted'] },
      }),
    )
    for (const call of calls) {
      const error: unknown = await call.catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(WorkerLostError)
      expect(error).toMatchObject({
        signal: 'SIGABRT',
        lastLines: ['Fatal Python error: Aborted'],
        exitCode: undefined,
      })
    }
    // The next worker must not run for nobody what the lost one may not have read.
    for (const { id } of [request, second])
      expect(await pool.next()).toMatchObject({ command: 'cancel', payload: { requestId: id } })
    request.reply(handle('late'))
    expect(await pool.next()).toMatchObject({ command: 'dispose', payload: { handleId: 'late' } })
    const next = python.evaluate('3')
    ;(await pool.next()).reply(value(3))
    expect(await next).toBe(3)
    expect(pool.connections).toHaveLength(1)
  })

  it('disposing of a handle that went with it is no error', async () => {
    const { pool, python } = await startPipe()
    pool.answer = ({ command }) => (command === 'wrap' ? handle('h1') : undefined)
    const thing = await python.wrap(1)
    const disposing = python.dispose(thing)
    await pool.next()
    ;(await pool.next()).connection.write(frame({ id: null, event: 'worker.lost', error: 'x', code: 'WORKER_LOST' }))
    await disposing
  })
})

describe('losing the connection', () => {
  it('gives each call in flight an error of its own, with a stack of its own', async () => {
    const { pool, python } = await startPipe()
    const firstCaller = async (): Promise<unknown> => await python.evaluate('1')
    const secondCaller = async (): Promise<unknown> => await python.evaluate('2')
    const calls = Promise.allSettled([firstCaller(), secondCaller()])
    await pool.next()
    ;(await pool.next()).connection.destroy()
    const stacks = (await calls).map((call) => (call.status === 'rejected' ? (call.reason as Error).stack : ''))
    expect(stacks[0]).toContain('firstCaller')
    expect(stacks[1]).toContain('secondCaller')
  })

  it('rejects what is in flight, and the next call connects again', async () => {
    const { pool, python } = await startPipe()
    const call = python.evaluate('1')
    const request = await pool.next()
    expect(python.isInitialized).toBe(false)
    request.connection.destroy()
    const error: unknown = await call.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ code: 'CONNECTION_LOST', details: { address: pool.path } })
    pool.answer = () => value(2)
    expect(await python.evaluate('2')).toBe(2)
    expect(pool.connections).toHaveLength(2)
    expect(python.isInitialized).toBe(true)
  })

  it('in the middle of an answer', async () => {
    const { pool, python } = await startPipe()
    const call = python.evaluate('1')
    const { connection, id } = await pool.next()
    connection.end(frame({ id }, new Uint8Array(500_000)).subarray(0, 300_000))
    await expect(call).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  })

  it('by a server that talks nonsense: the connection is given up with the reason', async () => {
    const { pool, python } = await startPipe()
    const call = python.evaluate('1')
    const { connection } = await pool.next()
    connection.write('HTTP/1.1 400 Bad Request\r\n\r\n')
    await expect(call).rejects.toMatchObject({ code: 'PROTOCOL' })
    await eventually('the connection is closed', () => connection.closed)
    pool.answer = () => value(2)
    expect(await python.evaluate('2')).toBe(2)
  })

  it('by a refusal that names no request: its calls get the reason of the server', async () => {
    const { pool, python } = await startPipe()
    const call = python.evaluate('1')
    const { connection } = await pool.next()
    connection.write(frame({ id: null, error: 'wrong magic', code: 'BAD_REQUEST', message: 'wrong magic' }))
    await expect(call).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'wrong magic' })
  })

  it('calls that come together make one connection', async () => {
    const { pool, python } = await startPipe()
    pool.answer = () => value(1)
    await Promise.all([python.evaluate('1'), python.evaluate('1'), python.evaluate('1')])
    expect(pool.connections).toHaveLength(1)
  })

  it('nobody at the address is a failure that says so, and no harm once somebody is', async () => {
    const folder = tempFolder()
    const path = `${folder}/p.sock`
    const python = createPipeBackend(path, { home: folder })
    onTestFinished(() => python.close())
    await expect(python.evaluate('1')).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
      details: { address: path, systemCode: 'ENOENT' },
    })
    const pool = await FakePool.listen(path)
    pool.answer = () => value(1)
    expect(await python.evaluate('1')).toBe(1)
    await pool.stop()
    rmSync(path, { force: true })
    await eventually('the loss is noticed', async () => {
      const error: unknown = await python.evaluate('1').catch((thrown: unknown) => thrown)
      return error instanceof ConnectionError && error.code === 'CONNECTION_FAILED'
    })
    expect(python.isInitialized).toBe(false)
  })
})

describe('a server that wants to know who is calling', () => {
  it('is told the token first, and nothing else until it agrees', async () => {
    const { pool, python } = await startPipe({ token: 'secret' })
    const call = python.evaluate('1')
    const hello = await pool.next()
    expect(hello).toMatchObject({ command: 'hello', payload: { token: 'secret' } })
    expect(pool.requests).toHaveLength(1)
    hello.reply({ success: true })
    ;(await pool.next()).reply(value(1))
    expect(await call).toBe(1)
  })

  it('refuses a wrong one', async () => {
    const { pool, python } = await startPipe({ token: 'wrong' })
    pool.answer = () => ({ error: 'wrong token', code: 'UNAUTHORIZED', message: 'wrong token' })
    await expect(python.evaluate('1')).rejects.toMatchObject({ name: 'UnauthorizedError', code: 'UNAUTHORIZED' })
  })

  it('and does not answer at all: the attempt ends after connectTimeoutMs', async () => {
    const { python } = await startPipe({ token: 'secret', connectTimeoutMs: 30 })
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'CONNECTION_FAILED', details: { timeoutMs: 30 } })
  })
})
