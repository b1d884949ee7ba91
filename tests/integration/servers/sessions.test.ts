import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { failure } from './harness.ts'
import { talk } from './talk.ts'

describe('sessions', () => {
  test('hold names from run to run, are listed, reset and closed', async () => {
    const { servers, gives, home } = await talk()
    const folder = path.join(home, 'wörk')
    mkdirSync(folder)
    const opened = await servers.openSession({
      server: 'pipe',
      name: 'démo',
      workingFolder: folder,
      environmentVariables: { COLOUR: 'blue' },
      leaseSeconds: 60,
      handleLimit: 5,
    })
    expect(opened).toEqual({
      id: expect.any(String),
      name: 'démo',
      ownProcess: false,
      createdAt: expect.any(String),
      workingFolder: folder,
      leaseSeconds: 60,
      idleSeconds: expect.any(Number),
      requests: 0,
      handles: 0,
      handleLimit: 5,
      timeoutSeconds: null,
      memoryLimitBytes: null,
      pid: null,
    })
    const { id } = opened
    expect(await gives('import os\nx = 5\n(os.environ["COLOUR"], os.path.basename(os.getcwd()))', id)).toBe(
      "('blue', 'wörk')",
    )
    expect(await gives('x + 1', id)).toBe('6')
    expect(await gives('"x" in dir()')).toBe('False')
    // The object that a run gives is let go of; names keep theirs.
    expect(await gives('object()', id)).toMatch(/^<object/u)
    expect(await servers.sessions('pipe')).toMatchObject([{ id, name: 'démo', handles: 0, requests: 0 }])

    await servers.resetSession({ server: 'pipe', sessionId: id })
    expect(await gives('"x" in dir()', id)).toBe('False')
    expect(await servers.closeSession({ server: 'pipe', sessionId: id })).toEqual({ id })
    expect(await servers.sessions('pipe')).toEqual([])
  })

  test('of a process of its own live and die apart', async () => {
    const { servers, run, ended, gives } = await talk()
    const { id, pid } = await servers.openSession({ server: 'pipe', ownProcess: true })
    expect(pid).toEqual(expect.any(Number))
    expect(await gives('import os\nx = 7\nos.getpid()', id)).toBe(String(pid))
    expect(await gives('x', id)).toBe('7')
    await servers.resetSession({ server: 'pipe', sessionId: id })
    expect(await gives('"x" in dir()', id)).toBe('False')

    const lost = await ended(run({ code: 'import os\nos.kill(os.getpid(), 9)', sessionId: id }))
    expect(lost).toMatchObject({ state: 'failed', error: { code: 'WORKER_LOST', details: { signal: 'SIGKILL' } } })
    expect(await servers.sessions('pipe')).toEqual([])
    expect(await ended(run({ code: '1', sessionId: id }))).toMatchObject({
      error: { code: 'SESSION_NOT_FOUND', details: { signal: 'SIGKILL' } },
    })
    expect(await servers.get('pipe')).toMatchObject({ state: 'running', workersLost: 0 })
    const other = await servers.openSession({ server: 'pipe', ownProcess: true })
    await servers.closeSession({ server: 'pipe', sessionId: other.id })
    expect(await servers.sessions('pipe')).toEqual([])
  })

  test('that are not there, and servers that do not run, say so', async () => {
    const { servers } = await talk()
    const nowhere = { server: 'pipe', sessionId: 's9-9' }
    expect(await failure(servers.resetSession(nowhere))).toMatchObject({ code: 'SESSION_NOT_FOUND' })
    expect(await failure(servers.closeSession(nowhere))).toMatchObject({
      code: 'SESSION_NOT_FOUND',
      message: 'There is no session "s9-9" on server pipe',
    })
    expect(await failure(servers.openSession({ server: 'pipe', workingFolder: '/no/such/folder' }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
    await servers.stop('pipe')
    expect(await failure(servers.sessions('pipe'))).toMatchObject({ code: 'NOT_RUNNING' })
    expect(await failure(servers.sessions('nobody'))).toMatchObject({ code: 'NOT_FOUND' })
  })
})
