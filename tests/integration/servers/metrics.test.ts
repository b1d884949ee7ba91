import { expect, test } from 'vitest'
import { serverMetricsSchema } from '../../../contract/index.ts'
import { poolLink } from '../../../core/servers/pool/pool-link.ts'
import { eventually } from '../../tools/eventually.ts'
import { context, failure } from './harness.ts'
import { realServers } from './real-servers.ts'

test('a server tells what it has done, whatever its transport, and what a lost worker had in hand', async () => {
  const { servers } = realServers()
  expect(await failure(servers.metrics('nobody'))).toMatchObject({ code: 'NOT_FOUND' })
  await servers.start({ transport: 'pipe' }, context())
  const endpoint = await servers.endpoint('pipe')
  if (endpoint.transport !== 'pipe') throw new Error('no pipe')
  const client = poolLink(endpoint)
  await client.ask('eval', { expression: '1' })
  await client.ask('wrap', { value: 1 })
  expect(await failure(client.ask('eval', { expression: '1/0' }))).toMatchObject({ code: 'PYTHON_ERROR' })

  const metrics = await servers.metrics('PIPE')
  expect(serverMetricsSchema.parse(metrics)).toEqual(metrics)
  expect(metrics).toMatchObject({
    requests: 3,
    errors: { PYTHON_ERROR: 1 },
    running: 0,
    waiting: 0,
    workers: 1,
    workersLost: 0,
    handles: 1,
    // The client's, and the host's own.
    connections: 2,
    usage: { memoryBytes: expect.any(Number) },
  })
  expect(metrics.processes.map(({ role }) => role)).toEqual(['pool', 'worker'])

  expect(await failure(client.ask('eval', { expression: 'import os\nos._exit(3)' }))).toMatchObject({
    code: 'WORKER_LOST',
  })
  const after = await eventually('there is another worker', async () => {
    const now = await servers.metrics('pipe').catch(() => undefined)
    return now?.workersLost === 1 ? now : undefined
  })
  expect(after).toMatchObject({ requests: 4, errors: { PYTHON_ERROR: 1, WORKER_LOST: 1 }, handles: 0 })
  client.close()

  await servers.stop('pipe')
  expect(await failure(servers.metrics('pipe'))).toMatchObject({ code: 'NOT_RUNNING' })
})
