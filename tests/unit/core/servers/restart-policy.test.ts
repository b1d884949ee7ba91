import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../contract/index.ts'
import type { ErrorCode } from '../../../../contract/index.ts'
import { judgeEnding, mayPass, restartDelayMs, restartRules } from '../../../../core/servers/restarts/restart-policy.ts'
import type { Ending } from '../../../../core/servers/restarts/restart-policy.ts'

const { most, healthyMs, jitter, mostMs } = restartRules
const died = new AppError('SERVER_FAILED', 'it was ended by SIGKILL')
const ending = (change: Partial<Ending>): Ending => ({
  policy: 'on-failure',
  error: died,
  ranMs: 100,
  count: undefined,
  now: 50_000,
  chance: 0.5,
  ...change,
})

test('each wait is twice the one before, up to a bound', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => restartDelayMs(attempt, 0.5))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ])
})

test('a quarter of a wait, up or down, is left to chance', () => {
  expect([0, 0.5, 1].map((chance) => restartDelayMs(1, chance))).toEqual([750, 1000, 1250])
  expect(restartDelayMs(50, 1)).toBe(mostMs * (1 + jitter))
})

describe('a server that had run', () => {
  test('starts again, and one that fell as it stood up counts on', () => {
    const first = judgeEnding(ending({}))
    expect(first).toEqual({ kind: 'again', delayMs: 1000, count: { attempt: 1, since: 50_000 } })
    expect(judgeEnding(ending({ count: { attempt: 1, since: 50_000 }, now: 60_000 }))).toEqual({
      kind: 'again',
      delayMs: 2000,
      count: { attempt: 2, since: 50_000 },
    })
  })

  test('is given up after so many starts', () => {
    expect(judgeEnding(ending({ count: { attempt: most, since: 3000 }, now: 50_500 }))).toEqual({
      kind: 'give-up',
      count: { attempt: most, since: 3000 },
      tookMs: 47_500,
    })
  })

  test.each([
    ['counts from one again once it has run well', healthyMs, 1],
    ['counts on until then', healthyMs - 1, 5],
  ])('%s', (_, ranMs, attempt) => {
    const verdict = judgeEnding(ending({ ranMs, count: { attempt: 4, since: 0 } }))
    expect(verdict).toMatchObject({ kind: 'again', count: { attempt } })
  })

  test('starts again for whatever reason it ended', () => {
    expect(judgeEnding(ending({ error: new Error('a bug of ours') }))).toMatchObject({ kind: 'again' })
  })

  test('stays down where its policy is so', () => {
    expect(judgeEnding(ending({ policy: 'never' }))).toEqual({ kind: 'stay' })
  })
})

describe('a start that failed', () => {
  test('is the business of whoever asked for it', () => {
    expect(judgeEnding(ending({ ranMs: undefined }))).toEqual({ kind: 'stay' })
  })

  test('is tried again where the policy had asked for it', () => {
    const count = { attempt: 1, since: 0 }
    expect(judgeEnding(ending({ ranMs: undefined, count }))).toMatchObject({ kind: 'again', count: { attempt: 2 } })
  })

  test('is not where its reason will stay', () => {
    const error = new AppError('PORT_IN_USE', 'Port 1 is in use by somebody')
    const count = { attempt: 1, since: 0 }
    expect(judgeEnding(ending({ ranMs: undefined, count, error }))).toEqual({ kind: 'stay' })
  })
})

test.each<[ErrorCode, Record<string, unknown>, boolean]>([
  ['SERVER_FAILED', {}, true],
  ['SERVER_FAILED', { reason: 'INTERNAL' }, true],
  ['SERVER_FAILED', { reason: 'BAD_REQUEST' }, false],
  ['SERVER_FAILED', { reason: 'PYTHON_TOO_OLD' }, false],
  ['TIMEOUT', {}, true],
  ['SPAWN_FAILED', { errno: 'EAGAIN' }, true],
  ['SPAWN_FAILED', { errno: 'ENOMEM' }, true],
  ['SPAWN_FAILED', { errno: 'ENOENT' }, false],
  ['PORT_IN_USE', {}, false],
  ['NOT_FOUND', {}, false],
  ['PYTHON_BROKEN', {}, false],
  ['PACKAGES_FAILED', {}, false],
  ['UNSUPPORTED', {}, false],
  ['INVALID_PARAMS', {}, false],
  ['CANCELLED', {}, false],
])('%s %j may pass: %s', (code, details, passes) => {
  expect(mayPass(new AppError(code, 'no', { details }))).toBe(passes)
})

test('a bug is not tried again', () => {
  expect(mayPass(new TypeError('undefined is not a function'))).toBe(false)
})
