import { expect, it } from 'vitest'
import { busySubjects, changeUnderWay, lastEnded } from '../../../../renderer/features/environments/busy.ts'
import { copyName, environmentNameProblem } from '../../../../renderer/features/environments/environment-name.ts'
import { job } from '../fake-bridge.ts'

it('a name is refused in words: none, another one’s in whatever case, the admin’s, one that no folder can have', () => {
  const taken = [{ name: 'Demo' }]
  expect(environmentNameProblem('demo', taken)).toBe('There is one with that name')
  expect(environmentNameProblem('ADMIN', [])).toBe('That name belongs to the admin environment')
  expect(environmentNameProblem('', [])).toMatch(/empty/u)
  expect(environmentNameProblem('a/b', [])).toMatch(/the character \//u)
  expect(environmentNameProblem('demo 2', taken)).toBeUndefined()
})

it('a copy gets the first free name', () => {
  expect(copyName('demo', [{ name: 'demo' }])).toBe('demo copy')
  expect(copyName('demo', [{ name: 'Demo copy' }, { name: 'demo copy 2' }])).toBe('demo copy 3')
})

it('an environment is busy while something changes it, not while something looks at it', () => {
  const jobs = [
    job('1', { command: 'packages.preview' }),
    job('2', { command: 'servers.start', subject: 'environment demo' }),
    job('3', { command: 'packages.install', subject: 'environment other' }),
    job('4', { command: 'packages.install', state: 'succeeded' }),
  ]
  expect(changeUnderWay(jobs, 'demo')).toBeUndefined()
  expect(changeUnderWay(jobs, 'other')?.id).toBe('3')
  expect(
    changeUnderWay([job('5', { command: 'environments.ensureAdmin', subject: 'the admin environment' })], 'admin')?.id,
  ).toBe('5')
  expect(busySubjects(jobs)).toBe('environment other')
  expect(lastEnded(jobs, 'demo')).toBe('4')
  expect(lastEnded(jobs, 'other')).toBeUndefined()
})
