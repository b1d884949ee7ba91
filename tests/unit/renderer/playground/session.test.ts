import { expect, test } from 'vitest'
import { sessionOptionsSchema } from '../../../../contract/index.ts'
import { emptySession, optionsFrom } from '../../../../renderer/features/playground/session-form.ts'
import { optionsOf, sessionLabel, sessionName } from '../../../../renderer/features/playground/session-name.ts'

const session = {
  id: 'p1-1',
  name: 'demo',
  ownProcess: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  workingFolder: null,
  leaseSeconds: 14_400,
  idleSeconds: 3,
  requests: 0,
  handles: 2,
  handleLimit: 100_000,
  timeoutSeconds: 60,
  memoryLimitBytes: 536_870_912,
  pid: 7,
}

test('an empty form is a session with a lease of our own', () => {
  expect(optionsFrom(emptySession)).toEqual({ leaseSeconds: 14_400 })
})

test('a limit of memory counts with a process of its own only', () => {
  const form = { name: ' démo ', ownProcess: false, memoryMiB: 512, seconds: 60 }
  expect(optionsFrom(form)).toEqual({ leaseSeconds: 14_400, name: 'démo', timeoutSeconds: 60 })
  const own = optionsFrom({ ...form, ownProcess: true })
  expect(own).toMatchObject({ ownProcess: true, memoryLimitBytes: 536_870_912 })
  expect(sessionOptionsSchema.strict().parse(own)).toEqual(own)
})

test('one like another is asked for with what that was opened with', () => {
  expect(optionsOf(session)).toEqual({
    name: 'demo',
    ownProcess: true,
    leaseSeconds: 14_400,
    handleLimit: 100_000,
    timeoutSeconds: 60,
    memoryLimitBytes: 536_870_912,
  })
  expect(optionsOf({ ...session, name: null, timeoutSeconds: null, memoryLimitBytes: null })).toEqual({
    ownProcess: true,
    leaseSeconds: 14_400,
    handleLimit: 100_000,
  })
})

test('it is called by its name, or by its id', () => {
  expect([sessionName(session), sessionName({ id: 's1-1' })]).toEqual(['demo', 's1-1'])
  expect([sessionLabel(session), sessionLabel({ id: 's1-1', name: null })]).toEqual(['demo (p1-1)', 's1-1'])
})
