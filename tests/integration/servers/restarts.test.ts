import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { startsAgain } from '../../../contract/index.ts'
import { endpointFileOf } from '../../../core/servers/endpoint-file.ts'
import { eventually } from '../../tools/eventually.ts'
import {
  kill,
  said,
  until,
  untilItIsCleared,
  untilItIsGivenUp,
  untilItRuns,
  untilItWaits,
  withClock,
} from './comebacks.ts'
import { context, testEnvironment } from './harness.ts'

test.each(['pool', 'http'])('a server whose %s is killed comes back where clients knew it', async (role) => {
  const host = withClock()
  const before = await host.servers.start({ transport: 'http', port: 0 }, context())
  const file = () => JSON.parse(readFileSync(endpointFileOf(host.layout, 'http'), 'utf8')) as Record<string, unknown>
  const { pid, startedAt, ...place } = file()
  kill(before, role)
  const waiting = await untilItWaits(host, 'http')
  expect(waiting).toMatchObject({
    state: 'failed',
    endpoint: null,
    error: { code: 'SERVER_FAILED', message: expect.stringContaining('SIGKILL') as string },
    restarts: { attempt: 1, most: 5, gaveUp: false },
  })
  expect(await said(host, 'http')).toContain('starts again in 1.0 s (1 of 5)')
  expect(host.clock.waits()).toEqual([1000])
  host.clock.next()
  const after = await untilItRuns(host, 'http')
  expect(after).toMatchObject({
    endpoint: before.endpoint,
    restarts: { attempt: 1, nextAt: null },
    lastExit: { role, signal: 'SIGKILL' },
  })
  expect(file()).toMatchObject(place)
  expect([file()['pid'], file()['startedAt']]).not.toEqual([pid, startedAt])
  kill(after, role)
  expect(await untilItWaits(host, 'http')).toMatchObject({ restarts: { attempt: 2 } })
  expect(host.clock.waits()).toEqual([2000])
})

test('a server that dies at once again and again is given up, and says so', async () => {
  const host = withClock()
  const server = await host.servers.start({ transport: 'pipe' }, context())
  await host.misbehave({ pool: { say: ['no licence'], exit: 3 } })
  kill(server, 'pool')
  for (const attempt of [1, 2, 3, 4, 5]) {
    await until(
      host,
      'pipe',
      `it waits for start ${attempt}`,
      (now) => startsAgain(now) && now.restarts?.attempt === attempt,
    )
    host.clock.next()
  }
  expect(await untilItIsGivenUp(host, 'pipe')).toMatchObject({
    restarts: { attempt: 5, most: 5, nextAt: null, gaveUp: true },
    error: {
      code: 'SERVER_FAILED',
      message: expect.stringMatching(/^gave up after 5 starts in 31 s: .*exit code 3.*: no licence$/u) as string,
      details: { exitCode: 3, starts: 5, lastLines: ['no licence'] },
    },
  })
  expect(host.clock.waits()).toEqual([])
  const lines = (await said(host, 'pipe')).filter((text) => /^(?:failed|starts again)/u.test(text))
  expect(lines).toHaveLength(11)
  expect(lines.at(-1)).toMatch(/^failed: gave up after 5 starts/u)
  // By hand all begins anew.
  await host.misbehave({})
  const again = await host.servers.start({ name: 'pipe' }, context())
  expect(again).toMatchObject({ state: 'running' })
  expect(again.restarts).toBeUndefined()
})

test('nobody is told that it has failed for good while it is to come back', async () => {
  const host = withClock()
  kill(await host.servers.start({ transport: 'pipe' }, context()), 'pool')
  await untilItWaits(host, 'pipe')
  await host.misbehave({ pool: { exit: 3 } })
  host.clock.next()
  await until(host, 'pipe', 'the second wait', ({ restarts }) => restarts?.attempt === 2 && restarts.nextAt !== null)
  await host.misbehave({})
  host.clock.next()
  await untilItRuns(host, 'pipe')
  const failures = host.heard.flatMap(({ name, payload }) =>
    name === 'server.changed' && payload.server.state === 'failed' ? [payload.server] : [],
  )
  expect(failures.length).toBeGreaterThan(1)
  expect(failures.every(startsAgain)).toBe(true)
})

test('one that is wanted sooner starts at once, and where it was', async () => {
  const host = withClock()
  const before = await host.servers.start({ transport: 'http', port: 0 }, context())
  kill(before, 'pool')
  await untilItWaits(host, 'http')
  const after = await host.servers.start({ name: 'http' }, context())
  expect(after).toMatchObject({ state: 'running', endpoint: before.endpoint })
  expect(after.restarts).toBeUndefined()
  expect(host.clock.waits()).toEqual([])
})

test('a port that somebody has taken meanwhile is no matter of trying again', async () => {
  const host = withClock()
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as { port: number }
  await new Promise((resolve) => free.close(resolve))
  kill(await host.servers.start({ transport: 'http', port }, context()), 'http')
  await untilItWaits(host, 'http')
  const holder = createServer()
  onTestFinished(() => void holder.close())
  await untilItIsCleared(host, 'http')
  await eventually('the port is free', async () => {
    holder.listen(port, '127.0.0.1')
    return once(holder, 'listening').then(
      () => true,
      () => false,
    )
  })
  host.clock.next()
  expect(await untilItIsGivenUp(host, 'http')).toMatchObject({
    error: { code: 'PORT_IN_USE' },
    restarts: { attempt: 1, nextAt: null, gaveUp: false },
  })
})

test('an environment that has gone meanwhile is no matter of trying again', async () => {
  let isThere = true
  const host = withClock({
    environments: {
      get: (name) => Promise.resolve(testEnvironment(name, isThere ? {} : { state: 'broken' })),
      ensure: (name) => Promise.resolve(testEnvironment(name)),
      ensureAdmin: () => Promise.resolve(testEnvironment('admin')),
    },
  })
  kill(await host.servers.start({ transport: 'pipe', environment: 'mine' }, context()), 'pool')
  await untilItWaits(host, 'pipe')
  isThere = false
  host.clock.next()
  expect(await untilItIsGivenUp(host, 'pipe')).toMatchObject({ error: { code: 'PYTHON_BROKEN' } })
})

test('never: it stays down, and its description tells', async () => {
  const host = withClock()
  const server = await host.servers.start({ transport: 'pipe', restart: 'never' }, context())
  expect(server.spec.restart).toBe('never')
  kill(server, 'pool')
  const failed = await until(host, 'pipe', 'it has failed', ({ state }) => state === 'failed')
  expect(failed.restarts).toBeUndefined()
  expect(host.clock.waits()).toEqual([])
})
