import { expect, test } from 'vitest'
import { cpuText, spreadOf } from '../../../../renderer/features/servers/usage-text.ts'

test('busy cores in percent: one core is 100 %', () => {
  expect(cpuText(0)).toBe('0 %')
  expect(cpuText(0.004)).toBe('< 1 %')
  expect(cpuText(0.126)).toBe('13 %')
  expect(cpuText(2.5)).toBe('250 %')
})

test('the newest figure, and the bounds', () => {
  const samples = [
    { at: '1', cpu: 0.5, memoryBytes: 20_000_000 },
    { at: '2', cpu: 0.1, memoryBytes: 10_000_000 },
  ]
  expect(spreadOf(samples, 'cpu')).toEqual({ last: '10 %', low: '10 %', high: '50 %' })
  expect(spreadOf(samples, 'memoryBytes')).toEqual({ last: '10.0 MB', low: '10.0 MB', high: '20.0 MB' })
  expect(spreadOf([], 'cpu')).toBeUndefined()
})
