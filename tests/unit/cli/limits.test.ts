import { expect, test } from 'vitest'
import { limitsGiven } from '../../../cli/commands/servers/limits.ts'

const nothing = {
  timeLimit: undefined,
  grace: undefined,
  onDisconnect: undefined,
  processes: undefined,
  queue: undefined,
}

test('what is not given stays as it was saved, and what was never said stays unsaid', () => {
  expect(limitsGiven(nothing)).toEqual({})
  expect(limitsGiven(nothing, { graceSeconds: 2, cancelOnDisconnect: false })).toEqual({
    graceSeconds: 2,
    cancelOnDisconnect: false,
  })
})

test('limits in the words of the terminal', () => {
  expect(limitsGiven({ timeLimit: 30, grace: 0, onDisconnect: 'go-on', processes: 8, queue: 5 })).toEqual({
    timeoutSeconds: 30,
    graceSeconds: 0,
    cancelOnDisconnect: false,
    processLimit: 8,
    queueLimit: 5,
  })
  expect(limitsGiven({ ...nothing, timeLimit: 'none', onDisconnect: 'cancel' }, { timeoutSeconds: 9 })).toEqual({
    timeoutSeconds: null,
    cancelOnDisconnect: true,
  })
})
