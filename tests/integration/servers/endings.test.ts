import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Server } from '../../../contract/index.ts'
import { pidExists } from '../../../core/platform/index.ts'
import { endpointFileOf } from '../../../core/servers/endpoint-file.ts'
import { portIsFree } from '../../../core/servers/ports/freedom.ts'
import { createServers } from '../../../core/servers/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { context, failure, python, testServers } from './harness.ts'
import type { TestServers } from './harness.ts'

/** Milliseconds in which a death is to be known. */
const noticeMs = 1000

function pidOf(server: Server, role: string): number {
  const found = server.processes.find((process) => process.role === role)
  if (!found) throw new Error(`it has no ${role}`)
  return found.pid
}

/** When doors were told that a server had failed, from `since` on. */
async function toldFailure({ heard }: TestServers, since: number): Promise<{ server: Server; afterMs: number }> {
  return eventually('doors are told of the failure', () => {
    const event = heard.find((each) => each.name === 'server.changed' && each.payload.server.state === 'failed')
    return event?.name === 'server.changed'
      ? { server: event.payload.server, afterMs: performance.now() - since }
      : undefined
  })
}

test.each([
  ['pool', 'Python process'],
  ['http', 'HTTP front'],
])('a %s that is killed is a failure within a second, and takes the rest along', async (role, title) => {
  const host = testServers()
  const { servers, layout, pids } = host
  await host.misbehave({ pool: { say: ['last words of the pool'] }, http: { say: ['last words of the front'] } })
  const server = await servers.start({ transport: 'http', port: 0 }, context())
  const port = Number(new URL(((await servers.endpoint('http')) as { url: string }).url).port)
  const killed = performance.now()
  process.kill(pidOf(server, role), 'SIGKILL')
  const { server: failed, afterMs } = await toldFailure(host, killed)
  expect(afterMs).toBeLessThan(noticeMs)
  expect(failed).toMatchObject({
    state: 'failed',
    pid: null,
    endpoint: null,
    error: {
      code: 'SERVER_FAILED',
      message: expect.stringContaining(`${title} of server http was ended by SIGKILL`) as string,
    },
    lastExit: { role, pid: pidOf(server, role), exitCode: null, signal: 'SIGKILL' },
  })
  expect(failed.lastExit?.lastLines).toEqual([`last words of the ${role === 'pool' ? 'pool' : 'front'}`])
  await eventually('everything is gone', () => pids().every((pid) => !pidExists(pid)))
  expect(performance.now() - killed).toBeLessThan(2 * noticeMs)
  await eventually('its endpoint file is gone', () => !existsSync(endpointFileOf(layout, 'http')))
  expect(await portIsFree(port, noticeMs)).toBe(true)
  expect(await failure(servers.endpoint('http'))).toMatchObject({ code: 'NOT_RUNNING' })
  expect(await servers.start({ name: 'http' }, context())).toMatchObject({ state: 'running' })
})

test('a start right after a death waits until the dead one is cleared away', async () => {
  const host = testServers()
  await host.misbehave({ pool: { child: 'plain' } })
  const server = await host.servers.start({ transport: 'pipe' }, context())
  process.kill(pidOf(server, 'pool'), 'SIGKILL')
  await toldFailure(host, performance.now())
  const before = host.pids()
  expect(await host.servers.start({ name: 'pipe' }, context())).toMatchObject({ state: 'running' })
  expect(before.filter(pidExists)).toEqual([])
})

test('a process that a killed pool leaves in its group is found and ended', async () => {
  const host = testServers()
  await host.misbehave({ pool: { child: 'plain' } })
  const server = await host.servers.start({ transport: 'pipe' }, context())
  const killed = performance.now()
  process.kill(pidOf(server, 'pool'), 'SIGKILL')
  // The child holds the pool's output open: its end is known all the same.
  expect((await toldFailure(host, killed)).afterMs).toBeLessThan(noticeMs)
  await eventually('everything is gone', () => host.pids().every((pid) => !pidExists(pid)))
})

test('a lost worker is counted and replaced, and the server goes on', async () => {
  const { servers } = testServers()
  const server = await servers.start({ transport: 'pipe' }, context())
  const first = pidOf(server, 'worker')
  process.kill(pidOf(server, 'pool'), 'SIGUSR1')
  const after = await eventually('there is another worker', async () => {
    const now = await servers.get('pipe')
    return now.processes.some(({ role, pid }) => role === 'worker' && pid !== first) ? now : undefined
  })
  expect(after).toMatchObject({
    state: 'running',
    workersLost: 1,
    lastExit: { role: 'worker', pid: first, exitCode: null, signal: 'SIGKILL', lastLines: ['oh no'] },
  })
  const events = (await servers.logs({ name: 'pipe', lines: 100 })).filter(({ text }) => text.startsWith('@beep'))
  expect(events.map(({ source, stream }) => [source, stream])).toEqual([
    ['pool', 'event'],
    ['pool', 'event'],
  ])
})

test('a pid that user code makes up is not taken for a worker', async () => {
  const { servers, misbehave } = testServers()
  await misbehave({ pool: { facts: [`@beep {"event":"worker.started","pid":${process.pid}}`, 'after it'] } })
  const server = await servers.start({ transport: 'pipe' }, context())
  await eventually('the line is read', async () =>
    (await servers.logs({ name: 'pipe', lines: 100 })).some(({ text }) => text === 'after it'),
  )
  await servers.stop('pipe')
  expect(server.processes.map(({ pid }) => pid)).not.toContain(process.pid)
})

test.each(['plain', 'setsid'])('a stop takes a grandchild along (%s)', async (child) => {
  const host = testServers()
  await host.misbehave({ pool: { child } })
  await host.servers.start({ transport: 'pipe' }, context())
  expect(host.pids()).toHaveLength(3)
  await host.servers.stop('pipe')
  expect(host.pids().filter(pidExists)).toEqual([])
})

test.each([
  [{ ignoreEof: true }, 'pool was terminated'],
  [{ ignoreEof: true, ignoreTerm: true }, 'pool had to be killed'],
])('a stop climbs as far as it must: %j', async (pool, words) => {
  const host = testServers()
  await host.misbehave({ pool })
  const { endpoint } = await host.servers.start({ transport: 'pipe' }, context())
  const socket = endpoint?.transport === 'pipe' ? endpoint.path : ''
  await host.servers.stop('pipe')
  expect(host.pids().filter(pidExists)).toEqual([])
  expect(existsSync(socket)).toBe(false)
  const texts = (await host.servers.logs({ name: 'pipe', lines: 10 })).map(({ text }) => text)
  expect(texts).toContain(`stopped: ${words}`)
})

test('a port is free even where a grandchild had it, too', async () => {
  const host = testServers()
  await host.misbehave({ http: { holdPort: true } })
  const { endpoint } = await host.servers.start({ transport: 'http', port: 0 }, context())
  expect(await host.servers.stop('http')).toMatchObject({ state: 'stopped' })
  expect(host.pids().filter(pidExists)).toEqual([])
  const port = endpoint?.transport === 'http' ? Number(new URL(endpoint.url).port) : 0
  expect(await portIsFree(port, 0)).toBe(true)
})

test('an address that answers already is left alone, whoever is behind it', async () => {
  const host = testServers()
  const { endpoint } = await host.servers.start({ transport: 'pipe' }, context())
  const socket = endpoint?.transport === 'pipe' ? endpoint.path : ''
  const stranger = createServers(host.deps)
  const error = await failure(stranger.start({ transport: 'pipe' }, context()))
  expect(error).toMatchObject({ code: 'SERVER_FAILED', message: expect.stringContaining('already answers') as string })
  expect(await host.servers.get('pipe')).toMatchObject({ state: 'running' })
  for (const file of [socket, endpointFileOf(host.layout, 'pipe')]) expect(existsSync(file)).toBe(true)
})

test('a socket that nobody is behind is no obstacle', async () => {
  const host = testServers()
  const { endpoint } = await host.servers.start({ transport: 'pipe' }, context())
  await host.servers.stop('pipe')
  const socket = endpoint?.transport === 'pipe' ? endpoint.path : ''
  execFileSync(python, ['-c', 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])', socket])
  expect(existsSync(socket)).toBe(true)
  expect(await host.servers.start({ name: 'pipe' }, context())).toMatchObject({ state: 'running' })
})
