import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Server } from '../../../contract/index.ts'
import { pidExists } from '../../../core/platform/index.ts'
import { launch } from '../../../core/process/index.ts'
import { draftEndpoint, endpointFileOf } from '../../../core/servers/endpoint-file.ts'
import { writeOwnership } from '../../../core/servers/ownership.ts'
import { eventually } from '../../tools/eventually.ts'
import { context, fakeEngine, fixtures, python, testServers } from './harness.ts'

/** A host in a process of its own, with running servers. */
async function otherHost(home: string, ...wanted: readonly string[]): Promise<{ pid: number; started: Server[] }> {
  const program = path.join(fixtures, 'mini-host.ts')
  const lines: string[] = []
  const argv = [process.execPath, program, home, python, fakeEngine, python, ...wanted] as const
  const env = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >
  const child = await launch(argv, { env, onLine: (line) => lines.push(line) })
  onTestFinished(async () => {
    if (!child.hasExited()) process.kill(child.pid, 'SIGKILL')
    await child.exited
  })
  const line = await eventually('the other host has its servers', () => {
    if (child.hasExited()) throw new Error(`It ended: ${lines.join('\n')}`)
    return lines.find((text) => text.startsWith('['))
  })
  return { pid: child.pid, started: JSON.parse(line) as Server[] }
}

test('servers do not outlive a host that is killed', async () => {
  const { home, pids } = testServers()
  const { pid, started } = await otherHost(home, 'eins:pipe', 'zwei:http')
  expect(started.map(({ state }) => state)).toEqual(['running', 'running'])
  expect(pids().filter(pidExists)).toHaveLength(5)
  const killed = performance.now()
  process.kill(pid, 'SIGKILL')
  await eventually('all of them are gone', () => pids().every((each) => !pidExists(each)))
  expect(performance.now() - killed).toBeLessThan(3000)
})

test('the next host ends what would not go, clears away what it left, and starts anew', async () => {
  const host = testServers()
  const { home, servers, layout, pids, misbehave } = host
  await misbehave({ pool: { ignoreEof: true, ignoreTerm: true, child: 'setsid' } })
  const { pid, started } = await otherHost(home, 'stur:pipe')
  const socket = started[0]?.endpoint?.transport === 'pipe' ? started[0].endpoint.path : ''
  process.kill(pid, 'SIGKILL')
  await eventually('the other host is gone', () => !pidExists(pid))
  const orphans = pids()
  expect(orphans.filter(pidExists)).toHaveLength(3)
  for (const file of [socket, endpointFileOf(layout, 'stur')]) expect(existsSync(file)).toBe(true)

  await servers.reclaim()
  expect(orphans.filter(pidExists)).toEqual([])
  for (const file of [socket, endpointFileOf(layout, 'stur')]) expect(existsSync(file)).toBe(false)
  expect(readdirSync(layout.run)).toEqual([])
  const told = await servers.logs({ name: 'stur', lines: 10 })
  expect(told.at(-1)?.text).toBe('cleared away what a host left that had been killed')

  await misbehave({})
  expect(await servers.start({ name: 'stur' }, context())).toMatchObject({ state: 'running', transport: 'pipe' })
})

test('a host that is alive keeps what it has', async () => {
  const host = testServers()
  const { started } = await otherHost(host.home, 'mine:pipe')
  await host.servers.reclaim()
  expect(host.pids().every(pidExists)).toBe(true)
  expect(existsSync(endpointFileOf(host.layout, 'mine'))).toBe(true)
  expect(started).toHaveLength(1)
})

test('a stranger that bears the pid of an orphan by now is left alone', async () => {
  const { servers, layout } = testServers()
  const stranger = await launch([python, '-c', 'import time; time.sleep(60)'], { env: {}, onLine: () => {} })
  onTestFinished(() => void process.kill(stranger.pid, 'SIGKILL'))
  const record = {
    name: 'alt',
    address: path.join(layout.run, 'server-alt.sock'),
    port: null,
    processes: [
      { role: 'pool', pid: stranger.pid, start: 'long ago' },
      { role: 'worker', pid: stranger.pid, start: null },
    ],
  } as const
  await writeOwnership(layout, { ...record, processes: [...record.processes] })
  // Written by us, who are alive; now by a host that is not.
  const file = path.join(layout.run, 'server-alt.json')
  writeFileSync(file, JSON.stringify({ version: 1, owner: { pid: process.pid, start: 'long ago' }, ...record }))
  await servers.reclaim()
  expect(stranger.hasExited()).toBe(false)
  expect(existsSync(file)).toBe(false)
})

test('an endpoint file that nobody vouches for is taken away', async () => {
  const { servers, layout } = testServers()
  const startedAt = new Date().toISOString()
  const draft = draftEndpoint(layout)
  await draft.write({ version: 1, name: 'lost', transport: 'pipe', path: '/gone', pid: 1, startedAt })
  await draft.publish()
  writeFileSync(path.join(layout.endpoints, 'note.txt'), 'mine')
  await servers.reclaim()
  expect(readdirSync(layout.endpoints)).toEqual(['note.txt'])
})
