import { expect, describe, onTestFinished, test } from 'vitest'
import { executionResultSchema } from '../../../../contract/index.ts'
import type { EventPayload, Server } from '../../../../contract/index.ts'
import { createEventHub } from '../../../../core/events/index.ts'
import { execute } from '../../../../core/servers/pool/execute.ts'
import { poolLink } from '../../../../core/servers/pool/pool-link.ts'
import { failureOf } from '../../../tools/failure-of.ts'
import { FakePool, handle, value } from '../../client/fake-pool.ts'
import { frame } from '../../client/wire-frames.ts'

/** A run on a pool that the test plays. */
async function start(state: Server['state'] = 'running') {
  const pool = await FakePool.listen()
  const events = createEventHub()
  const told: EventPayload<'execution.shown'>[] = []
  events.subscribe((event) => {
    if (event.name === 'execution.shown') told.push(event.payload)
  })
  const abort = new AbortController()
  const link = poolLink({ path: pool.path })
  onTestFinished(() => link.close())
  const lastExit = { role: 'worker', exitCode: null, signal: 'SIGSEGV', lastLines: ['oh'], at: '9999' }
  const look = () => ({ state, lastExit }) as unknown as Server
  const running = execute(
    { server: 'démo', code: 'work()', job: 'j1', link, events, look, letGoMs: 30 },
    { signal: abort.signal, progress: () => {}, asks: () => {} },
  )
  running.catch(() => {})
  const request = await pool.next()
  const show = (text: string) => request.reply({ event: 'output', stream: 'stdout', text })
  return { pool, request, running, told, abort, show }
}
const gone = (socket: { readonly destroyed: boolean }) => expect.poll(() => socket.destroyed).toBe(true)

describe('a run of code', () => {
  test('ends with its value and what it showed, which was told before', async () => {
    const { request, running, told, show } = await start()
    expect(request).toMatchObject({ command: 'execute', payload: { code: 'work()', allowInput: false } })
    show('one\n')
    request.reply({ event: 'display', data: { 'text/plain': 'two' } })
    request.reply({ ...value([1, 2]), typeName: 'list', repr: '[1, 2]' })
    const result = await running
    const output = [
      { kind: 'text', stream: 'stdout', text: 'one\n' },
      { kind: 'display', data: { 'text/plain': 'two' } },
    ]
    expect(result).toEqual({
      result: { kind: 'value', value: [1, 2], typeName: 'list', repr: '[1, 2]' },
      output,
      isOutputCut: false,
      durationMs: expect.any(Number),
    })
    expect(executionResultSchema.parse(result)).toEqual(result)
    expect(told).toEqual([{ job: 'j1', seq: 0, output }])
    await gone(request.connection)
  })

  test('has bytes that travelled beside the JSON in its value', async () => {
    const { request, running } = await start()
    const bytes = new Uint8Array([1, 2])
    request.reply({ ...value({ $type: 'bytes', attachment: 0 }), repr: "b'..'", outputCut: true }, bytes)
    expect(await running).toMatchObject({ result: { value: { $type: 'bytes', base64: 'AQI=' } }, isOutputCut: true })
  })

  test('describes an object, and lets go of it at once', async () => {
    const { pool, request, running } = await start()
    request.reply({ ...handle('h7', 'numpy.ndarray'), shape: [2, 3], dtype: 'float64' })
    const dispose = await pool.next()
    expect(dispose).toMatchObject({ command: 'dispose', payload: { handleId: 'h7' }, connection: request.connection })
    dispose.reply({ success: true })
    expect((await running).result).toEqual({
      kind: 'handle',
      typeName: 'numpy.ndarray',
      repr: '<numpy.ndarray>',
      shape: [2, 3],
      dtype: 'float64',
    })
  })

  test('describes a value that is too large to be kept', async () => {
    const { request, running } = await start()
    request.reply({ ...value('x'.repeat(9 * 1024 * 1024)), typeName: 'str', repr: "'xx…'" })
    expect((await running).result).toEqual({ kind: 'handle', typeName: 'str', repr: "'xx…'" })
  })
})

describe('a run that fails', () => {
  test('tells the traceback, the line, and what was shown before', async () => {
    const { request, running, show, told } = await start()
    show('before')
    const message = 'ValueError: no'
    const details = { exceptionType: 'ValueError', line: 3 }
    request.reply({ error: message, message, code: 'PYTHON_ERROR', traceback: 'Traceback…', details })
    const output = [{ kind: 'text', stream: 'stdout', text: 'before' }]
    expect(await failureOf(running)).toMatchObject({
      code: 'PYTHON_ERROR',
      message,
      details: { ...details, traceback: 'Traceback…', output, isOutputCut: false },
    })
    expect(told).toMatchObject([{ seq: 0, output }])
    await gone(request.connection)
  })

  test('with its worker says why that ended', async () => {
    const { request, running, show } = await start()
    show('last words')
    const details = { signal: 'SIGSEGV', lastLines: ['Fatal Python error'] }
    const lost = { event: 'worker.lost', error: 'x', message: 'The worker died', code: 'WORKER_LOST', details }
    request.connection.write(frame({ id: null, ...lost }))
    expect(await failureOf(running)).toMatchObject({
      code: 'WORKER_LOST',
      message: 'The worker died',
      details: { ...details, output: [{ text: 'last words' }] },
    })
  })

  test('by a line that breaks has lost its worker, too', async () => {
    const { request, running } = await start()
    request.connection.destroy()
    const error = await failureOf(running)
    expect(error).toMatchObject({ code: 'WORKER_LOST', hint: 'See `beep-host logs démo`.' })
    expect(error.details).toMatchObject({ signal: 'SIGSEGV', lastLines: ['oh'], output: [] })
  })

  test.each(['stopping', 'stopped'] as const)('since its server is %s says so', async (state) => {
    const { request, running } = await start(state)
    request.reply({ error: 'cancelled', message: 'cancelled', code: 'CANCELLED' })
    expect(await failureOf(running)).toMatchObject({
      code: 'NOT_RUNNING',
      message: 'Server démo was stopped while it ran the code',
    })
  })
})

describe('a run that is cancelled', () => {
  test('is asked to stop, and is over when the worker says so', async () => {
    const { pool, request, running, abort, show } = await start()
    abort.abort()
    const cancel = await pool.next()
    expect(cancel).toMatchObject({ command: 'cancel', payload: { requestId: request.id } })
    show('tidying up')
    request.reply({ error: 'cancelled', message: 'cancelled', code: 'CANCELLED' })
    expect(await failureOf(running)).toMatchObject({ code: 'CANCELLED', details: { output: [{ text: 'tidying up' }] } })
  })

  test('and does not stop in time is given up; its worker hears of that, too', async () => {
    const { pool, request, running, abort } = await start()
    abort.abort()
    await pool.next()
    expect(await failureOf(running)).toMatchObject({
      code: 'CANCELLED',
      message: 'The code on server démo was told to stop, and has not yet',
      hint: expect.stringContaining('restart'),
    })
    await gone(request.connection)
  })
})
