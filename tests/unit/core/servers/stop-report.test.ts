import { expect, test } from 'vitest'
import { describeStop, stopProblem } from '../../../../core/servers/stop-report.ts'

const clean = {
  rungs: [
    { role: 'pool', rung: 'ask' },
    { role: 'http', rung: 'kill' },
  ],
  survivors: [],
  addressFree: true,
  portFree: true,
} as const

test('a stop tells the rung that each process needed', () => {
  expect(describeStop(clean)).toBe('stopped: pool ended when asked, http had to be killed')
  expect(describeStop({ ...clean, rungs: [] })).toBe('stopped: nothing was running')
  expect(stopProblem('demo', clean)).toBeUndefined()
})

test('what survives is no stop', () => {
  expect(stopProblem('demo', { ...clean, survivors: [7, 8] })).toMatchObject({
    code: 'SERVER_FAILED',
    message: 'Server demo could not be stopped: processes 7, 8 are still there',
    details: { pids: [7, 8] },
  })
  expect(stopProblem('demo', { ...clean, addressFree: false })?.message).toMatch(/still answers/)
})

test('a port that somebody else has taken at once is no problem of ours', () => {
  expect(stopProblem('demo', { ...clean, portFree: false })).toBeUndefined()
  expect(describeStop({ ...clean, portFree: false })).toMatch(/taken by another program/)
})
