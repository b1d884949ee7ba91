import { expect, test } from 'vitest'
import {
  errorCount,
  errorsText,
  latencyText,
  rateText,
  recentWork,
  workerText,
} from '../../../../renderer/features/servers/metrics-text.ts'
import { lookAt } from './looks.ts'

const latency = (...counts: readonly number[]) => ({ bounds: [0.001, 0.1], counts: [...counts], totalSeconds: 1 })

test('the last minute counts, not what was before it', () => {
  const looks = [
    lookAt(0, { requests: 1000, latency: latency(1000, 0, 0) }),
    lookAt(30, { requests: 1040, latency: latency(1000, 40, 0) }),
    lookAt(60, { requests: 1100, latency: latency(1000, 100, 0) }),
  ]
  const recent = recentWork(looks)
  expect(recent?.perSecond).toBeCloseTo(100 / 60)
  expect(recent?.half).toBeCloseTo(0.0505)
  expect(recent?.most).toBeCloseTo(0.09901)
})

test('where nothing ran lately, what ran before; where nothing ran at all, nothing', () => {
  const quiet = [
    lookAt(0, { requests: 2, latency: latency(2, 0, 0) }),
    lookAt(2, { requests: 2, latency: latency(2, 0, 0) }),
  ]
  expect(recentWork(quiet)).toMatchObject({ perSecond: 0, half: 0.0005 })
  expect(recentWork([lookAt(0)])).toEqual({ perSecond: undefined, half: undefined, most: undefined })
  expect(recentWork([])).toBeUndefined()
})

test('figures as people read them', () => {
  expect([undefined, 0.00008, 0.0042, 0.0997, 0.9, 2.5].map(latencyText)).toEqual([
    '–',
    '0.08 ms',
    '4.2 ms',
    '100 ms',
    '900 ms',
    '2.5 s',
  ])
  expect([0, 0.35, 12.4].map(rateText)).toEqual(['0', '0.3', '12'])
  expect(errorsText({ BUSY: 1, PYTHON_ERROR: 30 })).toBe('30 PYTHON_ERROR, 1 BUSY')
  expect(errorCount({ BUSY: 1, PYTHON_ERROR: 30 })).toBe(31)
  expect([errorsText({}), errorCount({})]).toEqual(['', 0])
})

test('one of several workers, in a line', () => {
  const one = {
    worker: 2,
    pid: 7,
    ready: true,
    lost: 0,
    requests: 1,
    failed: 0,
    running: 0,
    waiting: 0,
    connections: 1,
    sessions: 0,
    handles: 0,
  }
  expect(workerText(one)).toBe('Worker 2: idle, 1 request')
  expect(workerText({ ...one, running: 1, waiting: 3, requests: 120, sessions: 2, lost: 1 })).toBe(
    'Worker 2: runs code, 3 wait, 120 requests, 2 sessions, lost and replaced once',
  )
  expect(workerText({ ...one, pid: null, ready: false, lost: 2 })).toBe(
    'Worker 2: is being replaced, 1 request, lost and replaced 2 times',
  )
})
