import { beforeEach, expect, it } from 'vitest'
import { applyEvent } from '../../../../renderer/stores/apply.ts'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { useMetrics, watchMetrics } from '../../../../renderer/stores/metrics.ts'
import { fakeBridge, settled } from '../fake-bridge.ts'
import { lookAt } from '../servers/looks.ts'

const sampled = (name: string) =>
  applyEvent({ revision: 0, name: 'server.sampled', payload: { name, sample: { at: '', cpu: 0, memoryBytes: 0 } } })
const requests = (name: string) => useMetrics.getState().looks[name]?.map((look) => look.requests)

beforeEach(() => {
  setBridge(undefined)
  useMetrics.setState({ looks: {} })
})

it('asks when somebody begins to watch, and whenever the server is measured, one question at a time', async () => {
  const { asked, bridge, next } = fakeBridge('open')
  setBridge(bridge)
  const stop = watchMetrics('a')
  sampled('a')
  sampled('b')
  expect(asked.map(({ params }) => params)).toEqual([{ name: 'a' }])
  await next('servers.metrics').ok(lookAt(1, { requests: 1 }))
  sampled('a')
  await next('servers.metrics').fail({ code: 'TIMEOUT', message: 'busy' })
  sampled('a')
  await next('servers.metrics').ok(lookAt(3, { requests: 3 }))
  expect(requests('a')).toEqual([1, 3])
  stop()
  sampled('a')
  await settled()
  expect(asked).toEqual([])
})

it('begins anew with each start of the server, is bounded, and goes with the server', async () => {
  const { bridge, next } = fakeBridge('open')
  setBridge(bridge)
  const stop = watchMetrics('a')
  for (let second = 0; second < 40; second += 1) {
    await next('servers.metrics').ok(lookAt(second, { requests: second }))
    sampled('a')
  }
  expect(requests('a')).toHaveLength(30)
  await next('servers.metrics').ok(lookAt(50, { startedAt: '2026-01-01T00:00:45.000+00:00', requests: 1 }))
  expect(requests('a')).toEqual([1])
  applyEvent({ revision: 1, name: 'server.removed', payload: { name: 'a' } })
  expect(useMetrics.getState().looks).toEqual({})
  stop()
})
