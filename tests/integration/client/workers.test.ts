import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isHandle } from '../../../client/src/index.ts'
import type { PythonHandle } from '../../../client/src/index.ts'
import { tempFolder } from '../../unit/client/temp-folder.ts'
import { connected, pairs } from './real-servers.ts'

const pid = 'import os\nos.getpid()'

/** Code that ends only once the other one, which waits for this one, runs too. */
function meet(folder: string, mine: string, other: string): string {
  const file = (name: string): string => JSON.stringify(join(folder, name))
  return `import os\nopen(${file(mine)}, "w").close()\nwhile not os.path.exists(${file(other)}): pass\nos.getpid()`
}

describe.each(pairs)('two workers over %s', (_, start) => {
  test('what belongs together stays together, and sessions are spread', async () => {
    const server = await start()
    const python = await connected(server)
    // However many at once, all objects of a backend can be used with each other.
    const kept = await Promise.all([1, 2, 3, 4].map((number) => python.wrap([number])))
    const sum = (handles: readonly PythonHandle[]) => python.evaluate('sum(map(sum, them))', { them: handles })
    expect(await sum(kept)).toBe(10)
    const shown = python.execute<PythonHandle>('object()', { locals: { x: kept[0] } })
    const made = (await shown.result).value
    expect(isHandle(made)).toBe(true)
    expect(await python.evaluate('(x is not None, y)', { x: made, y: kept[1] })).toBeTruthy()
    const module = await python.importModule('operator')
    expect(await python.callMethod(module, 'getitem', [kept[2], 0])).toBe(3)
    expect((await python.listHandles()).count).toBe(kept.length + 2)

    // Each session has its own worker, which finds what it has.
    const sessions = [await python.openSession(), await python.openSession()]
    const pids = await Promise.all(sessions.map((session) => session.evaluate<number>(pid)))
    expect(new Set(pids).size).toBe(2)
    const folder = tempFolder()
    const names = ['one', 'two'] as const
    const met = await Promise.all(
      sessions.map((session, at) => session.evaluate<number>(meet(folder, names[at]!, names[1 - at]!))),
    )
    expect(met).toEqual(pids)
    for (const [at, session] of sessions.entries()) {
      await session.evaluate(`x = ${at}`)
      const handle = await session.wrap([at])
      expect(await session.evaluate('[x, *handle]', { handle })).toEqual([at, at])
      expect(await session.execute('x').result).toMatchObject({ value: at })
      expect((await session.describe()).handles).toBe(1)
    }
    expect(await python.listSessions()).toHaveLength(2)

    // One that dies takes its own session along, and no other.
    const dying = sessions[1]!
    await expect(dying.evaluate('import os\nos._exit(3)')).rejects.toMatchObject({ code: 'WORKER_LOST' })
    await expect(dying.evaluate('1')).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' })
    expect(dying.isOpen).toBe(false)
    expect(sessions[0]!.isOpen).toBe(true)
    expect(await sessions[0]!.evaluate('x')).toBe(0)
    for (const session of sessions) await session.close()
    expect(await python.listSessions()).toEqual([])
  })

  test('two programs compute at the same time', async () => {
    const server = await start()
    const [one, two] = [await connected(server), await connected(server)]
    const folder = tempFolder()
    const pids = await Promise.all([one.evaluate(meet(folder, 'one', 'two')), two.evaluate(meet(folder, 'two', 'one'))])
    expect(new Set(pids).size).toBe(2)
  })
})
