import { expect, test } from 'vitest'
import { AppError } from '../../../../contract/index.ts'
import { restartRules } from '../../../../core/servers/restarts/restart-policy.ts'
import { describeVerdict, gaveUp } from '../../../../core/servers/restarts/restart-report.ts'
import { Restarts } from '../../../../core/servers/restarts/restarts.ts'
import { manualClock } from '../../../tools/manual-clock.ts'

const died = new AppError('SERVER_FAILED', 'it was ended by SIGKILL', { hint: 'look', details: { signal: 'SIGKILL' } })

function restarts() {
  const clock = manualClock()
  let due = 0
  const made = new Restarts(clock, () => (due += 1))
  return { clock, made, due: () => due }
}

test('waits, longer each time, and gives up', () => {
  const { clock, made, due } = restarts()
  expect(made.shown).toBeUndefined()
  made.ready()
  clock.pass(100)
  const waits: number[] = []
  for (
    let verdict = made.ended('on-failure', died);
    verdict.kind === 'again';
    verdict = made.ended('on-failure', died)
  ) {
    expect(made.shown).toMatchObject({ attempt: waits.length + 1, most: 5, gaveUp: false, nextAt: expect.any(String) })
    waits.push(...clock.waits())
    clock.next()
    expect(due()).toBe(waits.length)
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000])
  expect(made.shown).toEqual({ attempt: 5, most: 5, nextAt: null, gaveUp: true })
  expect(clock.waits()).toEqual([])
})

test('one that has run well for long enough begins its count anew', () => {
  const { clock, made } = restarts()
  for (const ranMs of [5, 5, restartRules.healthyMs]) {
    made.ready()
    clock.pass(ranMs)
    made.ended('on-failure', died)
    if (ranMs === 5) clock.next()
  }
  expect(made.shown).toMatchObject({ attempt: 1 })
  expect(clock.waits()).toEqual([1000])
})

test('a wait that is called off never ends, and what was is forgotten', () => {
  const { clock, made, due } = restarts()
  made.ready()
  made.ended('on-failure', died)
  expect(made.isWaiting).toBe(true)
  made.reset()
  clock.pass(1_000_000)
  expect([due(), made.isWaiting, made.shown]).toEqual([0, false, undefined])
})

test('what is said of a wait, and of the last failure', () => {
  const count = { attempt: 2, since: 0 }
  expect(describeVerdict({ kind: 'again', delayMs: 2100, count })).toBe('starts again in 2.1 s (2 of 5)')
  expect(describeVerdict({ kind: 'again', delayMs: 15_600, count })).toBe('starts again in 16 s (2 of 5)')
  expect(describeVerdict({ kind: 'stay' })).toBeUndefined()
  const last = gaveUp(died, 5, 47_400)
  expect(last).toMatchObject({
    code: 'SERVER_FAILED',
    message: 'gave up after 5 starts in 47 s: it was ended by SIGKILL',
    hint: 'look',
    details: { signal: 'SIGKILL', starts: 5, tookMs: 47_400 },
  })
})
