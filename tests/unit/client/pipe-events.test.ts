import { describe, expect, it, onTestFinished } from 'vitest'
import { BackendError } from '../../../client/src/errors.ts'
import { PipeTransport } from '../../../client/src/pipe/transport.ts'
import { FakePool, value } from './fake-pool.ts'
import { frame } from './wire-frames.ts'

async function start() {
  const pool = await FakePool.listen()
  const nothing = { workerLost: () => {}, unclaimed: () => {} }
  const transport = new PipeTransport(() => Promise.resolve({ path: pool.path, token: undefined }), nothing, 5000)
  onTestFinished(() => transport.close())
  const events: unknown[] = []
  const execute = (signal?: AbortSignal) =>
    transport.request('execute', { code: 'x' }, [], signal, ({ fields }) => events.push(fields))
  return { pool, transport, events, execute }
}

describe('a command that tells what happens before it answers', () => {
  it('has its events in order, each to its own caller, and then its answer', async () => {
    const { pool, execute, events, transport } = await start()
    const other: unknown[] = []
    const first = execute()
    const second = transport.request('execute', {}, [], undefined, ({ fields }) => other.push(fields['text']))
    const [one, two] = [await pool.next(), await pool.next()]
    one.reply({ event: 'output', stream: 'stdout', text: 'a' })
    two.reply({ event: 'output', stream: 'stdout', text: 'not yours' })
    one.reply({ event: 'display', data: { 'text/plain': 'b' } })
    one.reply(value(1))
    two.reply(value(2))
    expect((await first).fields['value']).toBe(1)
    expect((await second).fields['value']).toBe(2)
    expect(events).toEqual([
      { id: one.id, event: 'output', stream: 'stdout', text: 'a' },
      { id: one.id, event: 'display', data: { 'text/plain': 'b' } },
    ])
    expect(other).toEqual(['not yours'])
  })

  it('is asked to stop by an abort, and still tells how it ended', async () => {
    const { pool, execute, events } = await start()
    const abort = new AbortController()
    const executing = execute(abort.signal)
    const request = await pool.next()
    abort.abort()
    const cancel = await pool.next()
    expect(cancel).toMatchObject({ command: 'cancel', payload: { requestId: request.id } })
    request.reply({ event: 'output', stream: 'stderr', text: 'tidying up' })
    request.reply({ error: 'cancelled', code: 'CANCELLED', message: 'cancelled' })
    await expect(executing).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(events).toMatchObject([{ text: 'tidying up' }])
  })

  it('fails with the worker that is lost', async () => {
    const { pool, execute } = await start()
    const executing = execute()
    const { connection } = await pool.next()
    connection.write(frame({ id: null, event: 'worker.lost', code: 'WORKER_LOST', error: 'gone', message: 'gone' }))
    await expect(executing).rejects.toMatchObject({ code: 'WORKER_LOST', message: 'gone' })
  })

  it('never breaks on an event that nobody waits for', async () => {
    const { pool, transport } = await start()
    const call = transport.request('eval', {}, [], undefined)
    const request = await pool.next()
    request.reply({ event: 'output', text: 'who asked?' })
    request.connection.write(frame({ id: 99, event: 'output', text: 'who is 99?' }))
    request.reply(value(3))
    expect((await call).fields['value']).toBe(3)
  })

  it('sends nothing when it is aborted before there is a connection', async () => {
    const { pool, execute, transport } = await start()
    await expect(execute(AbortSignal.abort(new BackendError('CANCELLED', 'no')))).rejects.toThrow('no')
    const ping = transport.request('ping', {}, [], undefined)
    ;(await pool.next()).reply({ status: 'ok' })
    await ping
    expect(pool.requests.map(({ command }) => command)).toEqual(['ping'])
  })
})
