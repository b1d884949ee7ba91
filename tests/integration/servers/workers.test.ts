import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { serverMetricsSchema } from '../../../contract/index.ts'
import { pidExists, workerAddresses } from '../../../core/platform/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { talk } from './talk.ts'

/** Code that ends only once the other one, which waits for this one, runs too. */
function meet(folder: string, mine: string, other: string): string {
  const file = (name: string): string => JSON.stringify(path.join(folder, name))
  return `import os\nopen(${file(mine)}, "w").close()\nwhile not os.path.exists(${file(other)}): pass\nos.getpid()`
}

test('a server with two workers, from start to proof that all of it is gone', async () => {
  const { servers, gives } = await talk({ workers: 2 })
  const server = await servers.get('pipe')
  expect(server.spec.workers).toBe(2)
  expect(server.processes.map(({ role, worker }) => [role, worker])).toEqual([
    ['pool', undefined],
    ['worker', 1],
    ['worker', 2],
  ])
  const [, first, second] = server.processes.map(({ pid }) => pid)

  // Both are in their code at the same time.
  const folder = tempFolder()
  const pids = await Promise.all([gives(meet(folder, 'one', 'two')), gives(meet(folder, 'two', 'one'))])
  expect(pids.toSorted()).toEqual([String(first), String(second)].toSorted())

  // Sessions are those of the server, and found wherever they are.
  const opened = await Promise.all(['a', 'b', 'c'].map((name) => servers.openSession({ server: 'pipe', name })))
  const ids = opened.map(({ id }) => id).toSorted()
  for (const id of ids) await gives(`mine = "${id}"`, id)
  for (const id of ids) expect(await gives('mine', id)).toBe(`'${id}'`)
  expect((await servers.sessions('pipe')).map(({ id }) => id).toSorted()).toEqual(ids)
  await Promise.all(ids.map((sessionId) => servers.closeSession({ server: 'pipe', sessionId })))
  expect(await servers.sessions('pipe')).toEqual([])

  const metrics = await servers.metrics('pipe')
  expect(serverMetricsSchema.parse(metrics)).toEqual(metrics)
  expect(metrics).toMatchObject({
    workers: 2,
    eachWorker: [
      { worker: 1, pid: first },
      { worker: 2, pid: second },
    ],
  })

  // One that is lost is replaced; the other one stays.
  process.kill(second!, 'SIGKILL')
  const after = await eventually('there is another second worker', async () => {
    const now = await servers.get('pipe')
    const found = now.processes.find(({ worker }) => worker === 2)
    return found !== undefined && found.pid !== second ? now : undefined
  })
  expect(after).toMatchObject({ state: 'running', workersLost: 1, lastExit: { role: 'worker', pid: second } })
  expect(after.processes.find(({ worker }) => worker === 1)?.pid).toBe(first)

  const endpoint = await servers.endpoint('pipe')
  if (endpoint.transport !== 'pipe') throw new Error('no pipe')
  const sockets = workerAddresses(endpoint.path, 2)
  expect(sockets.filter((socket) => !existsSync(socket))).toEqual([])
  await servers.stop('pipe')
  expect([...server.processes, ...after.processes].map(({ pid }) => pid).filter(pidExists)).toEqual([])
  expect(sockets.filter((socket) => existsSync(socket))).toEqual([])
})
