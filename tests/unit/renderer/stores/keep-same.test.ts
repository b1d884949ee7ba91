import { expect, it } from 'vitest'
import { keepSame } from '../../../../renderer/stores/keep-same.ts'

const key = ({ id }: { id: string }) => id
const a = { id: 'a', n: [1] }
const b = { id: 'b', n: [2] }

it('what has not changed keeps its object, what has gets the new one', () => {
  const changed = { id: 'b', n: [3] }
  const next = keepSame([a, b], [structuredClone(a), changed, { id: 'c', n: [] }], key)
  expect(next[0]).toBe(a)
  expect(next[1]).toBe(changed)
  expect(next).toHaveLength(3)
})

it('a list in which nothing has changed stays the list that it was', () => {
  const before = [a, b]
  expect(keepSame(before, structuredClone(before), key)).toBe(before)
  expect(keepSame(before, [structuredClone(b), structuredClone(a)], key)).toEqual([b, a])
  expect(keepSame(before, [structuredClone(a)], key)).toEqual([a])
})
