import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PythonBackend } from '../../../client/src/backend.ts'
import { createPipeBackend } from '../../../client/src/create-backend.ts'
import { isHandle } from '../../../client/src/handle.ts'
import { eventually } from './eventually.ts'
import { FakePool, handle } from './fake-pool.ts'
import { tempFolder } from './temp-folder.ts'

async function start(): Promise<{ pool: FakePool; python: PythonBackend; other: PythonBackend }> {
  const pool = await FakePool.listen()
  pool.answer = ({ id, command }) => (command === 'wrap' ? handle(`h${id}`) : { success: true, value: null })
  const home = tempFolder()
  const backends = [createPipeBackend(pool.path, { home }), createPipeBackend(pool.path, { home })] as const
  onTestFinished(async () => void (await Promise.all(backends.map((backend) => backend.close()))))
  return { pool, python: backends[0], other: backends[1] }
}

const disposed = (pool: FakePool): unknown[] =>
  pool.requests.filter(({ command }) => command === 'dispose').map(({ payload }) => payload['handleId'])

describe('handles', () => {
  it('are let go of at the end of an `await using` block', async () => {
    const { pool, python } = await start()
    {
      await using thing = await python.wrap(1)
      expect(isHandle(thing)).toBe(true)
    }
    expect(disposed(pool)).toHaveLength(1)
  })

  it('cannot be used afterwards, nor inside an argument', async () => {
    const { pool, python } = await start()
    const thing = await python.wrap(1)
    await python.dispose(thing)
    expect(thing.isDisposed).toBe(true)
    const before = pool.requests.length
    for (const use of [
      () => python.callMethod(thing, 'x'),
      () => python.getAttribute(thing, 'x'),
      () => python.createObject(thing, 'X'),
      () => python.toFloatArray(thing),
      () => python.evaluate('a', { a: [{ b: thing }] }),
    ]) {
      await expect(use()).rejects.toMatchObject({ code: 'HANDLE_DISPOSED' })
    }
    expect(pool.requests).toHaveLength(before)
  })

  it('belong to their backend', async () => {
    const { python, other } = await start()
    const thing = await python.wrap(1)
    await expect(other.callMethod(thing, 'x')).rejects.toMatchObject({ code: 'HANDLE_FOREIGN' })
    await expect(other.evaluate('a', { a: thing })).rejects.toMatchObject({ code: 'HANDLE_FOREIGN' })
    await expect(other.dispose(thing)).rejects.toMatchObject({ code: 'HANDLE_FOREIGN' })
    expect(thing.isDisposed).toBe(false)
  })

  it('that were dropped are let go of in the background', async () => {
    const { pool, python } = await start()
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    for (let n = 0; n < 50; n += 1) await python.wrap(n)
    await eventually('dropped handles are disposed of', () => {
      collect()
      return disposed(pool).length > 25
    })
  })

  it('that only a call in flight still knows are kept until it ends', async () => {
    const { pool, python } = await start()
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    for (let n = 0; n < 20; n += 1) await python.wrap(n) // dropped: when these are gone, the one in use could be as well
    pool.answer = (request) => (request.command === 'wrap' ? handle('used') : undefined)
    const call = (async () => python.evaluate('f(x)', { x: [await python.wrap(1)] }))()
    await eventually('the call is on its way', () => pool.requests.at(-1)?.command === 'eval')
    const evaluation = pool.requests.at(-1)
    await eventually('dropped handles are disposed of', () => {
      collect()
      return disposed(pool).length >= 10
    })
    expect(disposed(pool)).not.toContain('used')
    evaluation?.reply({ value: 1 })
    expect(await call).toBe(1)
    pool.answer = () => ({ success: true })
    await eventually('the handle is disposed of', () => {
      collect()
      return disposed(pool).includes('used')
    })
  })

  it('that are left are let go of by close, which then answers nobody', async () => {
    const { pool, python } = await start()
    const [first, second] = [await python.wrap(1), await python.wrap(2)]
    await python.dispose(first)
    await python.close()
    await python.close()
    expect(disposed(pool)).toEqual([first.id, second.id])
    await eventually('the connection is closed', () => pool.connections.every((connection) => connection.closed))
    expect(python.isInitialized).toBe(false)
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'CLOSED' })
    await python.dispose(second)
  })

  it('close does not wait for a server that has stopped answering, and ends the calls in flight', async () => {
    const { pool, python } = await start()
    await python.wrap(1)
    pool.answer = undefined
    const call = python.evaluate('work()')
    const failure = expect(call).rejects.toMatchObject({ code: 'CLOSED' })
    await eventually('the call is on its way', () => pool.requests.length === 2)
    await python.close()
    await failure
    expect(pool.requests.map(({ command }) => command)).toEqual(['wrap', 'eval', 'cancel', 'dispose'])
  })
})
