import { expect, test } from 'vitest'
import { limitsGiven } from '../../../cli/commands/servers/limits.ts'
import { withLimits } from '../../../contract/index.ts'

const nothing = {
  timeLimit: undefined,
  grace: undefined,
  onDisconnect: undefined,
  processes: undefined,
  queue: undefined,
}

test('what is not given stays as it was saved, and what was never said stays unsaid', () => {
  expect(limitsGiven(nothing)).toEqual({})
  const saved = { graceSeconds: 2, cancelOnDisconnect: false }
  expect(withLimits(saved, limitsGiven(nothing))).toEqual(saved)
})

test('limits in the words of the terminal', () => {
  expect(limitsGiven({ timeLimit: 30, grace: 0, onDisconnect: 'go-on', processes: 8, queue: 5 })).toEqual({
    timeoutSeconds: 30,
    graceSeconds: 0,
    cancelOnDisconnect: false,
    processLimit: 8,
    queueLimit: 5,
  })
})

test('what is said to be usual takes back what was saved', () => {
  const given = limitsGiven({ timeLimit: 'none', grace: 'usual', onDisconnect: 'cancel', processes: 'usual', queue: 7 })
  expect(given).toMatchObject({ timeoutSeconds: null, graceSeconds: null, cancelOnDisconnect: null })
  const saved = { timeoutSeconds: 9, graceSeconds: 2, cancelOnDisconnect: false, processLimit: 3, queueLimit: 4 }
  expect(withLimits(saved, given)).toEqual({ queueLimit: 7 })
})
