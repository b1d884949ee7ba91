import { describe, expect, test } from 'vitest'
import type { LiveRun } from '../../../../core/servers/pool/execute.ts'
import { createInside } from '../../../../core/servers/pool/inside.ts'
import { failureOf } from '../../../tools/failure-of.ts'
import { FakePool } from '../../client/fake-pool.ts'

const described = (sessionId: string, more: object = {}) => ({
  sessionId,
  name: null,
  ownProcess: sessionId.startsWith('p'),
  createdAt: '2026-01-02T03:04:05.678+00:00',
  workingFolder: null,
  leaseSeconds: 900,
  idleSeconds: 0.5,
  requests: 0,
  handles: 0,
  handleLimit: 100_000,
  timeoutSeconds: null,
  memoryLimitBytes: null,
  ...more,
})

/** A server whose pool the test plays. */
async function start(turnMs = 30) {
  const pool = await FakePool.listen()
  const runs = new Map<string, LiveRun>()
  const inside = createInside({ reach: () => Promise.resolve({ path: pool.path }), runs, turnMs })
  return { pool, runs, inside }
}

describe('a worker that is busy with other code', () => {
  test('is waited for in vain by who lists handles: that question is taken back', async () => {
    const { pool, inside } = await start()
    const listing = failureOf(inside.handles({ name: 'demo', limit: 5 }))
    const request = await pool.next()
    expect(request).toMatchObject({ command: 'handles_list', payload: { limit: 5 } })
    expect(await listing).toMatchObject({ code: 'TIMEOUT', hint: expect.stringContaining('beep-host interrupt demo') })
    expect(await pool.next()).toMatchObject({ command: 'cancel', payload: { requestId: request.id } })
    await expect.poll(() => request.connection.destroyed).toBe(true)
  })

  test('closes a session when it comes to it: the line stays until then', async () => {
    const { pool, inside } = await start()
    const closing = inside.closeSession({ server: 'demo', sessionId: 's1-1' })
    const request = await pool.next()
    expect(await closing).toEqual({ id: 's1-1' })
    expect(request.connection.destroyed).toBe(false)
    request.reply({ success: true })
    await expect.poll(() => request.connection.destroyed).toBe(true)
  })
})

describe('a session with a process of its own', () => {
  test('is asked at its own socket', async () => {
    const { pool, inside } = await start(10_000)
    const own = await FakePool.listen()
    pool.answer = () => described('p1-1', { path: own.path, pid: 9 })
    own.answer = () => ({ handles: [{ handleId: 'h1', typeName: 'Thing', repr: '<Thing>' }], count: 1 })
    expect(await inside.handles({ name: 'demo', sessionId: 'p1-1', limit: 5 })).toEqual({
      handles: [{ id: 'h1', typeName: 'Thing', repr: '<Thing>' }],
      count: 1,
    })
    expect(pool.requests).toMatchObject([{ command: 'session_heartbeat' }])
    expect(own.requests).toMatchObject([{ command: 'handles_list', payload: { sessionId: 'p1-1', limit: 5 } }])
  })
})

describe('a server with several workers', () => {
  /** Its socket, and those of its workers. */
  async function startPair() {
    const main = await FakePool.listen()
    const workers = [await FakePool.listen(`${main.path}.w1`), await FakePool.listen(`${main.path}.w2`)] as const
    const inside = createInside({ reach: () => Promise.resolve({ path: main.path, workers: 2 }), runs: new Map() })
    return { main, workers, inside }
  }

  test('lists the objects of all of them, as many as are wanted', async () => {
    const { workers, inside } = await startPair()
    for (const [at, worker] of workers.entries()) {
      const handle = (n: number) => ({ handleId: `h${at + 1}.1-${n}`, typeName: 'int', repr: '0' })
      worker.answer = () => ({ handles: [handle(1), handle(2)], count: 2 })
    }
    expect(await inside.handles({ name: 'demo', limit: 3 })).toMatchObject({
      handles: [{ id: 'h1.1-1' }, { id: 'h1.1-2' }, { id: 'h2.1-1' }],
      count: 4,
    })
  })

  test('is interrupted in all of them', async () => {
    const { main, workers, inside } = await startPair()
    main.answer = () => ({ sessions: [] })
    workers[0].answer = () => ({ success: false })
    workers[1].answer = () => ({ success: true })
    expect(await inside.interrupt({ name: 'demo' })).toEqual({ interrupted: 1 })
  })

  test('has a session asked for where it is known', async () => {
    const { main, workers, inside } = await startPair()
    const path = workers[1].path
    main.answer = () => ({ error: 'there', code: 'WRONG_WORKER', message: 'there', details: { worker: 2, path } })
    workers[1].answer = ({ command }) => (command === 'session_close' ? { success: true } : described('s2.1-1'))
    expect(await inside.closeSession({ server: 'demo', sessionId: 's2.1-1' })).toEqual({ id: 's2.1-1' })
    await inside.resetSession({ server: 'demo', sessionId: 's2.1-1' })
    expect(workers[1].requests.map(({ command }) => command)).toEqual([
      'session_close',
      'session_heartbeat',
      'session_reset',
    ])
  })
})

describe('an interrupt', () => {
  test('of a server is of all that runs there', async () => {
    const { pool, inside } = await start(10_000)
    const sessions = [described('s1-1', { requests: 1 }), described('p1-1', { requests: 2 }), described('p1-2')]
    pool.answer = ({ command }) => (command === 'session_list' ? { sessions } : { success: true })
    expect(await inside.interrupt({ name: 'demo', graceSeconds: 1 })).toEqual({ interrupted: 2 })
    expect(pool.requests.slice(1)).toMatchObject([
      { command: 'interrupt', payload: { graceSeconds: 1 } },
      { command: 'interrupt', payload: { sessionId: 'p1-1', graceSeconds: 1 } },
    ])
  })

  test('of a session is of what runs in it', async () => {
    const { pool, inside } = await start(10_000)
    pool.answer = () => ({ success: false })
    expect(await inside.interrupt({ name: 'demo', sessionId: 's1-1' })).toEqual({ interrupted: 0 })
    expect(pool.requests).toMatchObject([{ command: 'interrupt', payload: { sessionId: 's1-1' } }])
  })

  test('that the worker does not hear is told so', async () => {
    const { runs, inside } = await start()
    const deaf = {
      server: 'demo',
      answer: () => Promise.resolve(false),
      interrupt: () => new Promise<boolean>(() => {}),
    }
    runs.set('job', deaf)
    const told = { code: 'TIMEOUT', hint: expect.stringContaining('servers restart demo') }
    expect(await failureOf(inside.interrupt({ name: 'demo', execution: 'job' }))).toMatchObject(told)
    expect(await failureOf(inside.interrupt({ name: 'demo', sessionId: 's1-1' }))).toMatchObject(told)
  })

  test('of a run goes to that run', async () => {
    const { runs, inside } = await start()
    const graces: unknown[] = []
    const interrupt = (grace: number | undefined) => Promise.resolve(graces.push(grace) > 0)
    runs.set('job', { server: 'demo', answer: () => Promise.resolve(false), interrupt })
    expect(await inside.interrupt({ name: 'demo', execution: 'job', graceSeconds: 2 })).toEqual({ interrupted: 1 })
    expect(graces).toEqual([2])
    expect(await failureOf(inside.interrupt({ name: 'demo', execution: 'gone' }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})
