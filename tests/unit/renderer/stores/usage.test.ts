import { beforeEach, expect, it } from 'vitest'
import { applyEvent, applySnapshot } from '../../../../renderer/stores/apply.ts'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { samplesSince, useUsage, watchUsage } from '../../../../renderer/stores/usage.ts'
import { fakeBridge, settled, snapshot } from '../fake-bridge.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
const sample = (second: number) => ({ at: at(second), cpu: second / 100, memoryBytes: second })
const sampled = (name: string, second: number) =>
  applyEvent({ revision: 0, name: 'server.sampled', payload: { name, sample: sample(second) } })
const seconds = (name: string) => useUsage.getState().samples[name]?.map(({ memoryBytes }) => memoryBytes)

beforeEach(() => {
  setBridge(undefined)
  useUsage.setState({ samples: {} })
})

it('samples come in their order, and one server changes no other', () => {
  sampled('a', 1)
  const before = useUsage.getState().samples['a']
  sampled('b', 1)
  expect(useUsage.getState().samples['a']).toBe(before)
  sampled('a', 2)
  sampled('a', 2)
  expect(seconds('a')).toEqual([1, 2])
})

it('is bounded', () => {
  for (let second = 0; second < 500; second += 1) sampled('a', second)
  expect(seconds('a')).toHaveLength(150)
  expect(seconds('a')?.at(-1)).toBe(499)
})

it('who watches gets the past, under what has come meanwhile, and again after a reconnect', async () => {
  const { asked, bridge, next } = fakeBridge('open')
  setBridge(bridge)
  const stop = watchUsage('a')
  sampled('a', 4)
  await next('servers.usage').ok([1, 2, 3, 4].map(sample))
  expect(seconds('a')).toEqual([1, 2, 3, 4])
  applySnapshot(snapshot(1))
  await next('servers.usage').ok([3, 4, 5, 6].map(sample))
  expect(seconds('a')).toEqual([3, 4, 5, 6])
  stop()
  applySnapshot(snapshot(2))
  await settled()
  expect(asked.filter(({ name }) => name === 'servers.usage')).toEqual([])
})

it('goes without a past that cannot be had', async () => {
  const { bridge, next } = fakeBridge('open')
  setBridge(bridge)
  const stop = watchUsage('a')
  await next('servers.usage').fail({ code: 'NOT_FOUND', message: 'gone' })
  sampled('a', 1)
  expect(seconds('a')).toEqual([1])
  stop()
})

it('a removed server leaves nothing behind', () => {
  sampled('a', 1)
  applyEvent({ revision: 1, name: 'server.removed', payload: { name: 'a' } })
  expect(useUsage.getState().samples).toEqual({})
})

it('an earlier run says nothing about this one', () => {
  const samples = [1, 2, 3].map(sample)
  expect(samplesSince(samples, at(2))).toEqual([sample(2), sample(3)])
  expect(samplesSince(samples, null)).toEqual([])
  expect(samplesSince(undefined, at(0))).toEqual([])
})
