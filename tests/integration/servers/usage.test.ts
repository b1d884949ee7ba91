import { expect, test } from 'vitest'
import type { UsageSample } from '../../../contract/index.ts'
import { usageSampleSchema } from '../../../contract/index.ts'
import { context, failure, testServers } from './harness.ts'

test('what a running server takes is told to who listens, and to who asks; it ends with the server', async () => {
  const host = testServers()
  const { servers } = host
  // A thread of the pool that is busy all the time, and a child beside the worker.
  await host.misbehave({ pool: { busy: true, child: 'setsid' } })
  await servers.start({ transport: 'pipe' }, context())

  const [first, ...rest] = await servers.usage('PIPE')
  expect(rest).toEqual([])
  expect(usageSampleSchema.parse(first)).toEqual(first)
  // Three Pythons, and the one that started them.
  expect(first?.memoryBytes).toBeGreaterThan(10_000_000)

  const told = (): UsageSample[] =>
    host.heard.flatMap((event) =>
      event.name === 'server.sampled' && event.payload.name === 'pipe' ? [event.payload.sample] : [],
    )
  await expect.poll(() => told().length, { timeout: 30_000 }).toBeGreaterThan(1)
  expect(told()[0]).toEqual(first)
  expect(told()[1]?.cpu).toBeGreaterThan(0.05)
  expect(await servers.usage('pipe')).toEqual(told())

  await servers.stop('pipe')
  expect(await servers.usage('pipe')).toEqual([])
  expect(await failure(servers.usage('nobody'))).toMatchObject({ code: 'NOT_FOUND' })
})
