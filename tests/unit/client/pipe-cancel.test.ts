import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { CancelledError, TimeoutError } from '../../../client/src/errors.ts'
import { handle, value } from './fake-pool.ts'
import { startPipe } from './start-pipe.ts'

describe('cancelling over a pipe', () => {
  it('an aborted call rejects at once and asks the server to stop; its late answer is dropped', async () => {
    const { pool, python } = await startPipe()
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
    const { pool, python } = await startPipe()
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
    const { pool, python } = await startPipe()
    await expect(python.evaluate('1', {}, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(CancelledError)
    expect(pool.connections).toHaveLength(0)
  })

  it('timeoutMs is a limit for the call, and for its code', async () => {
    const { pool, python } = await startPipe()
    // Connecting is part of the limit, too, and may take that long on a busy machine.
    const connecting = python.evaluate('1')
    ;(await pool.next()).reply(value(1))
    await connecting
    const call = python.evaluate('work()', {}, { timeoutMs: 30 })
    const failure = expect(call).rejects.toBeInstanceOf(TimeoutError)
    const request = await pool.next()
    expect(request.payload).toEqual({ expression: 'work()', timeoutSeconds: 0.03 })
    await failure
    expect(await pool.next()).toMatchObject({ command: 'cancel', payload: { requestId: request.id } })
    await expect(python.evaluate('1', {}, { timeoutMs: -1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const unlimited = python.evaluate('1')
    expect((await pool.next()).payload).toEqual({ expression: '1' })
    await pool.stop()
    await expect(unlimited).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  })

  it('leaves no listener on a signal that outlives its calls', async () => {
    const { pool, python } = await startPipe()
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
    const { pool, python } = await startPipe()
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
