import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { LogLine } from '../../../../contract/index.ts'
import { endOf, logText } from '../../../../core/diagnostics/logs.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const line = (seq: number, text: string): LogLine => ({
  seq,
  at: '2026-01-31T09:05:00.000Z',
  source: 'pool',
  stream: 'stdout',
  text,
})

it('of a log of lines the last ones that fit are kept, in their order', () => {
  const one = '2026-01-31T09:05:00.000Z pool stdout é\n'
  expect(logText([line(1, 'é'), line(2, 'é')])).toBe(one + one)
  expect(logText([line(1, 'first'), line(2, 'é')], Buffer.byteLength(one))).toBe(one)
  expect(logText([line(1, 'é')], Buffer.byteLength(one) - 1)).toBe('')
  expect(logText([])).toBe('')
})

it('a line that is a book is cut', () => {
  const text = logText([line(1, 'x'.repeat(100_000))])
  expect(text).toMatch(/x… \(100000 characters\)\n$/u)
  expect(text.length).toBeLessThan(5000)
})

it('of a file the end is kept, whole lines only, and nothing of one that is not there', async () => {
  const file = path.join(tempFolder(), 'host.log')
  expect(await endOf(file)).toBe('')
  writeFileSync(file, 'first é\nsecond\nthird\n')
  expect(await endOf(file)).toBe('first é\nsecond\nthird\n')
  expect(await endOf(file, 15)).toBe('second\nthird\n')
  expect(await endOf(file, 3)).toBe('')
})
