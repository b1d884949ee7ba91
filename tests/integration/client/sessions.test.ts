import { realpathSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { PythonHandle } from '../../../client/src/index.ts'
import { isBackendError, WorkerLostError } from '../../../client/src/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { tempFolder } from '../../unit/client/temp-folder.ts'
import { connected, doors } from './real-servers.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const kinds = [
  ['that shares the worker', false],
  ['of its own', true],
] as const

describe.each(doors)('sessions over %s', (_, startServer) => {
  it.each(kinds)('keeps names and handles: one %s', async (_kind, ownProcess) => {
    const python = await connected(await startServer())
    await using session = await python.openSession({ name: 'é', ownProcess })
    expect(session).toMatchObject({ name: 'é', ownProcess, isOpen: true })
    expect(await session.evaluate('import math\nx = r * 2\nx', { r: 4 })).toBe(8)
    expect(await session.evaluate('[x, r, math.floor(2.5)]')).toEqual([8, 4, 2])
    const run = session.execute<number>('print(x)\nx += 1\nx')
    for await (const event of run) expect(event).toMatchObject({ type: 'output', text: '8\n' })
    expect((await run.result).value).toBe(9)
    const handle = await session.evaluate<PythonHandle>('object()')
    expect(await session.evaluate('type(h).__name__', { h: handle })).toBe('object')
    await expect(python.evaluate('h', { h: handle })).rejects.toMatchObject({ code: 'HANDLE_FOREIGN' })
    await expect(python.evaluate('x')).rejects.toMatchObject({ exceptionType: 'NameError' })
    expect(await session.listHandles()).toMatchObject({ count: 1, handles: [{ id: handle.id, typeName: 'object' }] })
    await handle[Symbol.asyncDispose]()
    expect((await session.listHandles()).count).toBe(0)
    const other = await python.openSession({ ownProcess })
    await expect(other.evaluate('x')).rejects.toMatchObject({ exceptionType: 'NameError' })
    expect((await python.listSessions()).map(({ id }) => id).toSorted()).toEqual([other.id, session.id].toSorted())
    await session.reset()
    await expect(session.evaluate('x')).rejects.toMatchObject({ exceptionType: 'NameError' })
    await other.close()
    await other.close()
    expect(other.isOpen).toBe(false)
    await expect(other.evaluate('1')).rejects.toMatchObject({ code: 'CLOSED' })
    expect((await python.listSessions()).map(({ id }) => id)).toEqual([session.id])
  })

  it.each(kinds)('is interrupted, and goes on: one %s', async (_kind, ownProcess) => {
    const python = await connected(await startServer())
    await using session = await python.openSession({ ownProcess })
    expect(await session.interrupt()).toBe(false)
    const code = 'import time\ntry: time.sleep(600)\nexcept KeyboardInterrupt: kept = "what there was"\nkept'
    const call = session.evaluate<string>(code).catch((error: unknown): unknown => error)
    await eventually('the code runs and is interrupted', () => session.interrupt())
    // One that came before the `try` ends the call.
    const kept = await call
    if (kept !== 'what there was') expect(kept).toMatchObject({ code: 'CANCELLED' })
    expect(await session.evaluate('1 + 1')).toBe(2)
  })

  it.each(kinds)('has surroundings and limits: one %s', async (_kind, ownProcess) => {
    const python = await connected(await startServer())
    const folder = tempFolder()
    await using session = await python.openSession({
      workingFolder: folder,
      environmentVariables: { BEEP_T: 'é', HOME: null },
      handleLimit: 2,
      leaseSeconds: 60,
      ownProcess,
    })
    const look = 'import os\n[os.getcwd(), os.environ.get("BEEP_T"), os.environ.get("HOME")]'
    expect(await session.evaluate(look)).toEqual([realpathSync(folder), 'é', null])
    const kept = [await session.evaluate('object()'), await session.evaluate('object()')]
    expect(kept).toHaveLength(2)
    await expect(session.evaluate('object()')).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit: 2 } })
    expect(await session.describe()).toMatchObject({
      id: session.id,
      handles: 2,
      handleLimit: 2,
      leaseSeconds: 60,
      workingFolder: folder,
      ownProcess,
    })
    await expect(python.openSession({ workingFolder: 'relative' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it.each(kinds)('outlives its lease as long as it is held: one %s', async (_kind, ownProcess) => {
    const python = await connected(await startServer())
    await using held = await python.openSession({ leaseSeconds: 1, ownProcess })
    const droppedId = (await python.openSession({ leaseSeconds: 604_800, ownProcess })).id
    await eventually('the one that nobody holds is closed', async () => {
      collect()
      await setImmediate()
      return (await python.listSessions()).every(({ id }) => id !== droppedId)
    })
    const { id } = await python.openSession({ leaseSeconds: 1, ownProcess })
    await eventually('longer than a lease has passed', async () => {
      const found = (await python.listSessions()).find((session) => session.id === held.id)
      return Date.now() - (found?.createdAt.getTime() ?? Infinity) > 2500
    })
    expect(id).not.toBe(held.id)
    expect(await held.evaluate('1')).toBe(1)
  })

  it('cancels what runs in a session that is closed', async () => {
    const python = await connected(await startServer())
    const session = await python.openSession({ ownProcess: true })
    const running = session.evaluate('import time\ntime.sleep(1000)')
    running.catch(() => {})
    await eventually('it runs', async () => (await session.describe()).requests === 1)
    expect(await python.evaluate('"goes on"')).toBe('goes on')
    await session.close()
    await expect(running).rejects.toSatisfy((error) =>
      isBackendError(error, 'CLOSED', 'CANCELLED', 'SESSION_NOT_FOUND'),
    )
    expect(await python.listSessions()).toEqual([])
  })

  it('tells of a process that died, and why the session is gone', async () => {
    const python = await connected(await startServer())
    const session = await python.openSession({ ownProcess: true })
    await session.evaluate('x = 1')
    await expect(session.evaluate('import os\nos._exit(3)')).rejects.toBeInstanceOf(WorkerLostError)
    await expect(session.evaluate('x')).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND', details: { exitCode: 3 } })
    expect(session.isOpen).toBe(false)
    expect(await python.evaluate('1')).toBe(1)
    await session.close()
  })

  it('loses sessions with the worker that they share', async () => {
    const python = await connected(await startServer())
    const session = await python.openSession()
    await expect(session.evaluate('import os\nos._exit(3)')).rejects.toBeInstanceOf(WorkerLostError)
    await expect(session.evaluate('1')).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' })
    expect(session.isOpen).toBe(false)
  })

  it('closes the sessions of a backend that is closed', async () => {
    const server = await startServer()
    const python = await connected(server)
    const other = await connected(server)
    // Held: one that is dropped is closed as soon as it is collected.
    const held = [await python.openSession(), await python.openSession({ ownProcess: true })]
    expect(await other.listSessions()).toHaveLength(2)
    await python.close()
    expect(held.map((session) => session.isOpen)).toEqual([false, false])
    expect(await other.listSessions()).toEqual([])
    await expect(python.openSession()).rejects.toMatchObject({ code: 'CLOSED' })
  })
})
