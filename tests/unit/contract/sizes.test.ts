import { expect, it } from 'vitest'
import { shownBytes } from '../../../contract/index.ts'

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [1_234_567, '1.2 MB'],
  [1e9, '1.0 GB'],
  [5e15, '5000.0 TB'],
])('%d bytes are shown as %s', (count, text) => {
  expect(shownBytes(count)).toBe(text)
})
