import { expect, it } from 'vitest'
import { readPast, withPast } from '../../../../renderer/stores/playground-past.ts'
import type { PastRun } from '../../../../renderer/stores/playground-past.ts'

const run = (id: string, code: string, more: Partial<PastRun> = {}): PastRun => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  server: 'demo',
  code,
  outcome: 'done',
  summary: '',
  durationMs: 1,
  ...more,
})
const ids = (past: readonly PastRun[]) => past.map(({ id }) => id)

it('the newest run stands first; the same code again takes the place of the run before', () => {
  let past = withPast([], run('1', 'a'))
  past = withPast(past, run('2', 'b'))
  past = withPast(past, run('3', 'b'))
  expect(ids(past)).toEqual(['3', '1'])
  expect(ids(withPast(past, run('4', 'b', { server: 'other' })))).toEqual(['4', '3', '1'])
  expect(ids(withPast(past, run('1', 'a')))).toEqual(['1', '3'])
})

it('is bounded, in runs and in letters', () => {
  let past: PastRun[] = []
  for (let at = 0; at < 150; at += 1) past = withPast(past, run(String(at), `code ${at}`))
  expect(past).toHaveLength(100)
  expect(past[0]?.id).toBe('149')
  past = []
  for (let at = 0; at < 5; at += 1) past = withPast(past, run(String(at), `${at}${'x'.repeat(200_000)}`))
  expect(ids(past)).toEqual(['4', '3'])
})

it('what cannot be read is left out', () => {
  expect(readPast([run('1', 'a'), { id: '2' }, null])).toEqual([run('1', 'a')])
  expect(readPast('nonsense')).toEqual([])
})
