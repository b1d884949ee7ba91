import { expect, test } from 'vitest'
import { latencyAt } from '../../../contract/index.ts'

const bounds = [0.01, 0.1, 1]

test('a share of the requests lies within the bounds that hold it, evenly spread', () => {
  const counts = [0, 100, 0, 0]
  expect(latencyAt({ bounds, counts }, 0.5)).toBeCloseTo(0.055)
  expect(latencyAt({ bounds, counts }, 1)).toBeCloseTo(0.1)
  expect(latencyAt({ bounds, counts }, 0)).toBeCloseTo(0.01)
  expect(latencyAt({ bounds, counts: [98, 0, 2, 0] }, 0.5)).toBeCloseTo(0.01 * (50 / 98))
  expect(latencyAt({ bounds, counts: [98, 0, 2, 0] }, 0.99)).toBeCloseTo(0.55)
})

test('what lies above all bounds is at least the last one', () => {
  expect(latencyAt({ bounds, counts: [1, 0, 0, 9] }, 0.5)).toBe(1)
})

test('nothing is known where nothing ran', () => {
  expect(latencyAt({ bounds, counts: [0, 0, 0, 0] }, 0.5)).toBeUndefined()
})
