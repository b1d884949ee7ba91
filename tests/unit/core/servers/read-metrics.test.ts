import { expect, test } from 'vitest'
import { serverMetricsSchema } from '../../../../contract/index.ts'
import { poolLink } from '../../../../core/servers/pool/pool-link.ts'
import { readMetrics } from '../../../../core/servers/pool/read-metrics.ts'
import { failureOf } from '../../../tools/failure-of.ts'
import { FakePool } from '../../client/fake-pool.ts'

const told = {
  startedAt: '2026-01-02T03:04:05.678+00:00',
  requests: 3,
  errors: { PYTHON_ERROR: 1, NEWER_CODE: 1 },
  latency: { bounds: [0.1], counts: [1, 1], totalSeconds: 0.5 },
  running: 1,
  waiting: 0,
  queueLimit: 1000,
  connections: 1,
  workers: 1,
  workersLost: 0,
  sessions: 0,
  handles: 0,
  processes: [{ role: 'worker', pid: 7, cpuSeconds: 0.5 }],
}
const sample = { at: '2026-01-02T03:04:06.000Z', cpu: 0.5, memoryBytes: 5 }

async function asking(withinMs?: number) {
  const pool = await FakePool.listen()
  const read = readMetrics('démo', poolLink({ path: pool.path }), sample, withinMs)
  read.catch(() => {})
  return { read, request: await pool.next() }
}

test('what the pool tells, with what the host has measured; and the link is let go', async () => {
  const { read, request } = await asking()
  expect(request.command).toBe('metrics')
  request.reply({ ...told, newer: 'fields do not harm' })
  const metrics = await read
  expect(metrics).toEqual({ ...told, at: expect.any(String), usage: sample })
  expect(serverMetricsSchema.parse(metrics)).toEqual(metrics)
  await expect.poll(() => request.connection.destroyed).toBe(true)
})

test('a pool that does not answer is not waited for', async () => {
  const { read, request } = await asking(20)
  expect(await failureOf(read)).toMatchObject({ code: 'TIMEOUT', message: expect.stringContaining('démo') })
  await expect.poll(() => request.connection.destroyed).toBe(true)
})

test('an answer that is none is a fault of ours', async () => {
  const { read, request } = await asking()
  request.reply({ ...told, requests: -1 })
  expect(await failureOf(read)).toMatchObject({ code: 'INTERNAL' })
})
