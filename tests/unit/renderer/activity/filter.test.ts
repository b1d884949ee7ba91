import { expect, it } from 'vitest'
import { countsOf, endedFitting, filterShowing, noFilter } from '../../../../renderer/features/activity/filter.ts'
import { failuresOf } from '../../../../renderer/features/home/recent-failures.tsx'
import { job } from '../fake-bridge.ts'

const jobs = [
  job('running'),
  job('made', { state: 'succeeded' }),
  job('code', { command: 'servers.execute', subject: 'server demo', state: 'succeeded' }),
  job('raised', { command: 'servers.execute', subject: 'server demo', state: 'failed' }),
  job('broke', { command: 'packages.install', state: 'failed' }),
  job('stopped', { command: 'packages.install', state: 'cancelled' }),
  job('looked', { command: 'packages.preview', state: 'failed' }),
]
const ids = (filter: Partial<typeof noFilter>) => endedFitting(jobs, { ...noFilter, ...filter }).map(({ id }) => id)

it('runs of code do not drown the rest: they are shown when they are asked for', () => {
  expect(ids({})).toEqual(['made', 'broke', 'stopped'])
  expect(ids({ kind: 'code' })).toEqual(['code', 'raised'])
  expect(ids({ kind: 'all', outcome: 'failed' })).toEqual(['raised', 'broke', 'looked'])
  expect(ids({ text: 'INSTALL' })).toEqual(['broke', 'stopped'])
  expect(countsOf(jobs)).toEqual({ work: 3, look: 1, code: 2, all: 6 })
})

it('what the address names shows, whatever was filtered before', () => {
  const failedOnly = { ...noFilter, outcome: 'failed' } as const
  expect(filterShowing(failedOnly, jobs[4]!)).toBe(failedOnly)
  expect(filterShowing(failedOnly, jobs[5]!)).toEqual(noFilter)
  expect(filterShowing(failedOnly, jobs[3]!)).toEqual({ ...noFilter, kind: 'code' })
})

it('recent failures at home are those of the host, and few', () => {
  expect(failuresOf(jobs).map(({ id }) => id)).toEqual(['broke'])
  expect(failuresOf(Array.from({ length: 9 }, (_, index) => job(`${index}`, { state: 'failed' })))).toHaveLength(5)
})
