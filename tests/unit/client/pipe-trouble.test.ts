import { rmSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PythonBackend } from '../../../client/src/backend.ts'
import { createPipeBackend } from '../../../client/src/create-backend.ts'
import type { BackendOptions } from '../../../client/src/create-backend.ts'
import { CancelledError, ConnectionError, TimeoutError, WorkerLostError } from '../../../client/src/errors.ts'
import { eventually } from './eventually.ts'
import { FakePool, handle, value } from './fake-pool.ts'
import { tempFolder } from './temp-folder.ts'
import { frame } from './wire-frames.ts'

async function start(options: BackendOptions = {}): Promise<{ pool: FakePool; python: PythonBackend }> {
  const pool = await FakePool.listen()
  const python = createPipeBackend(pool.path, { home: tempFolder(), ...options })
  onTestFinished(() => python.close())
  return { pool, python }
}

describe('cancelling', () => {
  it('an aborted call rejects at once and asks the server to stop; its late answer is dropped', async () => {
    const { pool, python } = await start()
    const abort = new AbortController()
    const call = python.evaluate('work()', {}, { signal: abort.signal })
    const request = await pool.next()
    const reason = new Error('enough')
    abort.abort(reason)
    await expect(call).rejects.toMatchObject({ name: 'CancelledError', code: 'CANCELLED', cause: reason })
    const cancel = await pool.next()
    expect(cancel).toMatchObject({ command: 'cancel', payload: { requestId: request.id } })
    cancel.reply({ success: true })
    request.reply({ error: 'cancelled', code: 'CANCELLED', message: 'cancelled' })
    const next = python.evaluate('2')
    ;(await pool.next()).reply(value(2))
    expect(await next).toBe(2)
  })

  it('an object that comes too late is let go of', async () => {
    const { pool, python } = await start()
    const abort = new AbortController()
    const call = python.evaluate('work()', {}, { signal: abort.signal })
    const request = await pool.next()
    abort.abort()
    await expect(call).rejects.toBeInstanceOf(CancelledError)
    await pool.next()
    request.reply(handle('h9'))
    expect(await pool.next()).toMatchObject({ command: 'dispose', payload: { handleId: 'h9' } })
  })

  it('an already aborted call sends nothing', async () => {
    const { pool, python } = await start()
    await expect(python.evaluate('1', {}, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(CancelledError)
    expect(pool.connections).toHaveLength(0)
  })

  it('timeoutMs is a limit for the call', async () => {
    const { pool, python } = await start()
    const call = python.evaluate('work()', {}, { timeoutMs: 30 })
    const failure = expect(call).rejects.toBeInstanceOf(TimeoutError)
    const request = await pool.next()
    await failure
    expect(await pool.next()).toMatchObject({ command: 'cancel', payload: { requestId: request.id } })
    await expect(python.evaluate('1', {}, { timeoutMs: -1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('leaves no listener on a signal that outlives its calls', async () => {
    const { pool, python } = await start()
    pool.answer = () => value(1)
    const abort = new AbortController()
    let listeners = 0
    const { signal } = abort
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...args: Parameters<typeof add>) => ((listeners += 1), add(...args))
    signal.removeEventListener = (...args: Parameters<typeof remove>) => ((listeners -= 1), remove(...args))
    for (let n = 0; n < 20; n += 1) await python.evaluate('1', {}, { signal, timeoutMs: 60_000 })
    expect(listeners).toBe(0)
  })

  it('a call that waits for a slow server to read is dropped without having been sent', async () => {
    const { pool, python } = await start()
    pool.answer = () => value(1)
    await python.evaluate('1')
    const [connection] = pool.connections
    connection?.pause()
    const large = python.evaluate('a', { a: new Uint8Array(4_000_000) })
    const abort = new AbortController()
    const queued = python.evaluate('never', {}, { signal: abort.signal })
    await setImmediate()
    abort.abort()
    await expect(queued).rejects.toBeInstanceOf(CancelledError)
    connection?.resume()
    expect(await large).toBe(1)
    expect(await python.evaluate('last')).toBe(1)
    expect(pool.requests.map(({ command, payload }) => [command, payload['expression']])).toEqual([
      ['eval', '1'],
      ['eval', 'a'],
      ['eval', 'last'],
    ])
  })
})

describe('losing the worker', () => {
  it('rejects what is in flight with the evidence; the connection goes on', async () => {
    const { pool, python } = await start()
    const calls = [python.evaluate('os.abort()'), python.evaluate('2')]
    const request = await pool.next()
    await pool.next()
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
    request.reply(handle('late'))
    expect(await pool.next()).toMatchObject({ command: 'dispose', payload: { handleId: 'late' } })
    const next = python.evaluate('3')
    ;(await pool.next()).reply(value(3))
    expect(await next).toBe(3)
    expect(pool.connections).toHaveLength(1)
  })

  it('disposing of a handle that went with it is no error', async () => {
    const { pool, python } = await start()
    pool.answer = ({ command }) => (command === 'wrap' ? handle('h1') : undefined)
    const thing = await python.wrap(1)
    const disposing = python.dispose(thing)
    await pool.next()
    ;(await pool.next()).connection.write(frame({ id: null, event: 'worker.lost', error: 'x', code: 'WORKER_LOST' }))
    await disposing
  })
})

describe('losing the connection', () => {
  it('rejects what is in flight, and the next call connects again', async () => {
    const { pool, python } = await start()
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
    const { pool, python } = await start()
    const call = python.evaluate('1')
    const { connection, id } = await pool.next()
    connection.end(frame({ id }, new Uint8Array(500_000)).subarray(0, 300_000))
    await expect(call).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  })

  it('by a server that talks nonsense: the connection is given up with the reason', async () => {
    const { pool, python } = await start()
    const call = python.evaluate('1')
    const { connection } = await pool.next()
    connection.write('HTTP/1.1 400 Bad Request\r\n\r\n')
    await expect(call).rejects.toMatchObject({ code: 'PROTOCOL' })
    await eventually('the connection is closed', () => connection.closed)
    pool.answer = () => value(2)
    expect(await python.evaluate('2')).toBe(2)
  })

  it('by a refusal that names no request: its calls get the reason of the server', async () => {
    const { pool, python } = await start()
    const call = python.evaluate('1')
    const { connection } = await pool.next()
    connection.write(frame({ id: null, error: 'wrong magic', code: 'BAD_REQUEST', message: 'wrong magic' }))
    await expect(call).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'wrong magic' })
  })

  it('calls that come together make one connection', async () => {
    const { pool, python } = await start()
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
    const { pool, python } = await start({ token: 'secret' })
    const call = python.evaluate('1')
    const hello = await pool.next()
    expect(hello).toMatchObject({ command: 'hello', payload: { token: 'secret' } })
    expect(pool.requests).toHaveLength(1)
    hello.reply({ success: true })
    ;(await pool.next()).reply(value(1))
    expect(await call).toBe(1)
  })

  it('refuses a wrong one', async () => {
    const { pool, python } = await start({ token: 'wrong' })
    pool.answer = () => ({ error: 'wrong token', code: 'UNAUTHORIZED', message: 'wrong token' })
    await expect(python.evaluate('1')).rejects.toMatchObject({ name: 'UnauthorizedError', code: 'UNAUTHORIZED' })
  })

  it('and does not answer at all: the attempt ends after connectTimeoutMs', async () => {
    const { python } = await start({ token: 'secret', connectTimeoutMs: 30 })
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'CONNECTION_FAILED', details: { timeoutMs: 30 } })
  })
})
