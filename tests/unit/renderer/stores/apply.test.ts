import { beforeEach, expect, it } from 'vitest'
import { applyEvent, applySnapshot } from '../../../../renderer/stores/apply.ts'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { useHost } from '../../../../renderer/stores/host.ts'
import { rememberJob, useJobs } from '../../../../renderer/stores/jobs.ts'
import { forgetAllLogs, linesOf, useLogs, watchLog } from '../../../../renderer/stores/logs.ts'
import { useServers } from '../../../../renderer/stores/servers.ts'
import { fakeBridge, job, logAppended, logLine, server, serverChanged, settled, snapshot } from '../fake-bridge.ts'

beforeEach(() => {
  setBridge(undefined)
  forgetAllLogs()
  applySnapshot(snapshot(0))
})

const names = () => useServers.getState().servers.map(({ name }) => name)
const texts = (name: string) => linesOf(name).map(({ text }) => text)

it('a snapshot fills every store, sorted', () => {
  const jobs = [job('old', { startedAt: '2026-01-01T00:00:00Z' }), job('new', { startedAt: '2026-01-02T00:00:00Z' })]
  applySnapshot(snapshot(1, { servers: [server('b'), server('a')], jobs }))
  expect(names()).toEqual(['a', 'b'])
  expect(useJobs.getState().jobs.map(({ id }) => id)).toEqual(['new', 'old'])
  expect(useHost.getState()).toMatchObject({ isKnown: true, info: { home: '/data root é' } })
})

it('servers come, change and go', () => {
  applyEvent(serverChanged(1, 'b', 'starting'))
  applyEvent(serverChanged(2, 'a'))
  applyEvent(serverChanged(3, 'b', 'failed'))
  expect(useServers.getState().servers).toMatchObject([
    { name: 'a', state: 'running' },
    { name: 'b', state: 'failed' },
  ])
  applyEvent({ revision: 4, name: 'server.removed', payload: { name: 'a' } })
  expect(names()).toEqual(['b'])
})

it('what an event told of a job is newer than the reply that named it', () => {
  applyEvent({ revision: 1, name: 'job.changed', payload: { job: job('x', { state: 'succeeded' }) } })
  rememberJob(job('x'))
  expect(useJobs.getState().jobs).toMatchObject([{ id: 'x', state: 'succeeded' }])
})

it('a log keeps no gap: what is not watched begins anew, what is watched is fetched', async () => {
  applyEvent(logAppended(0, 'a', 0, 1))
  applyEvent(logAppended(0, 'a', 1, 2))
  expect(texts('a')).toEqual(['line 0', 'line 1', 'line 2'])
  applyEvent(logAppended(0, 'a', 7))
  expect(texts('a')).toEqual(['line 7'])

  const { asked, bridge, next } = fakeBridge('open')
  setBridge(bridge)
  const unwatch = watchLog('a')
  applyEvent(logAppended(0, 'a', 8))
  await next('servers.logs').ok([5, 6, 7].map(logLine))
  expect(texts('a')).toEqual(['line 5', 'line 6', 'line 7', 'line 8'])
  applyEvent(logAppended(0, 'a', 11))
  await next('servers.logs').ok([8, 9, 10, 11].map(logLine))
  expect(texts('a')).toEqual(['line 8', 'line 9', 'line 10', 'line 11'])

  // A reconnect: lines may have been missed without another one telling so.
  applySnapshot(snapshot(2))
  await next('servers.logs').fail({ code: 'NOT_FOUND', message: 'gone' })
  expect(useLogs.getState().errors['a']).toMatchObject({ code: 'NOT_FOUND' })
  unwatch()
  applySnapshot(snapshot(3))
  await settled()
  expect(asked).toEqual([])
})

it('an unwatched log is bounded', () => {
  applyEvent(logAppended(0, 'a', ...Array.from({ length: 5000 }, (_, seq) => seq)))
  expect(linesOf('a').length).toBeLessThanOrEqual(1100)
  expect(linesOf('a').at(-1)?.seq).toBe(4999)
})

it('another host counts its lines anew', () => {
  applyEvent(logAppended(0, 'a', 10))
  const { host } = snapshot(0)
  applySnapshot(snapshot(1, { host: { ...host, instanceId: 'two' } }))
  applyEvent(logAppended(1, 'a', 0))
  expect(texts('a')).toEqual(['line 0'])
})

it('a host that closes says so, and the next one has not', () => {
  applyEvent({ revision: 1, name: 'host.closing', payload: {} })
  expect(useHost.getState().isClosing).toBe(true)
  applySnapshot(snapshot(2))
  expect(useHost.getState().isClosing).toBe(false)
})
