import { describe, expect, test } from 'vitest'
import { firstMark, measure } from '../../../../core/servers/usage/usage.ts'

const mib = 1024 * 1024
const row = (pid: number, parent: number, cpuSeconds: number, memory = 1, start = '1') => ({
  pid,
  parent,
  group: 0,
  start,
  cpuSeconds,
  memoryBytes: memory * mib,
})

describe('what a server takes', () => {
  test('is that of its processes and of all that stands on them', () => {
    const table = [row(1, 0, 100), row(10, 1, 1, 20), row(11, 10, 2, 30), row(12, 11, 0.5, 5), row(99, 1, 50)]
    const { sample } = measure(table, [10, 11], firstMark(1000), 8000)
    expect(sample).toEqual({ cpu: 3.5 / 7, memoryBytes: 55 * mib })
  })

  test('is counted from the mark before; what is new counts from its start', () => {
    const first = measure([row(10, 1, 1), row(11, 10, 4)], [10], firstMark(0), 10_000)
    const second = measure([row(10, 1, 1), row(11, 10, 5), row(12, 11, 2)], [10], first.mark, 12_000)
    expect(second.sample.cpu).toBe((1 + 2) / 2)
  })

  test('does not charge one process for what an earlier one with its pid had used', () => {
    const first = measure([row(10, 1, 9, 1, 'early')], [10], firstMark(0), 1000)
    expect(measure([row(10, 1, 1, 1, 'late')], [10], first.mark, 2000).sample.cpu).toBe(1)
  })

  test('is nothing where nothing is left, or the system does not tell', () => {
    expect(measure([row(1, 0, 1)], [10], firstMark(0), 1000).sample).toEqual({ cpu: 0, memoryBytes: 0 })
    expect(measure([{ pid: 10, parent: 1, group: 0 }], [10], firstMark(0), 1000).sample).toEqual({
      cpu: 0,
      memoryBytes: 0,
    })
    expect(measure([row(10, 1, 1)], [10], firstMark(1000), 1000).sample.cpu).toBe(0)
  })
})
