import { expect, it } from 'vitest'
import type { Job } from '../../../../contract/index.ts'
import { newsOf } from '../../../../renderer/app/job-news.ts'
import { jobLabel } from '../../../../renderer/ui/job-title.ts'
import { job } from '../fake-bridge.ts'

const error = { code: 'PACKAGES_FAILED', message: 'no' } as const
const ended = (id: string, state: Job['state'], seconds: number) =>
  job(id, {
    state,
    endedAt: new Date(Date.parse('2026-01-01T00:00:00.000Z') + seconds * 1000).toISOString(),
    ...(state === 'failed' ? { error } : {}),
  })

it('a failure is news, however short; a success only after a while; a cancel never', () => {
  const before = ['quick', 'long', 'failed', 'cancelled', 'running'].map((id) => job(id))
  const after = [
    ended('quick', 'succeeded', 1),
    ended('long', 'succeeded', 6),
    ended('failed', 'failed', 0),
    ended('cancelled', 'cancelled', 60),
    job('running'),
  ]
  expect(newsOf(before, after).map(({ id }) => id)).toEqual(['long', 'failed'])
})

it('what had ended before, or was never seen running, is history', () => {
  expect(newsOf([ended('old', 'failed', 1)], [ended('old', 'failed', 1), ended('unseen', 'failed', 1)])).toEqual([])
})

it('a job is named by what it does and to what, without saying it twice', () => {
  expect(jobLabel({ command: 'environments.create', subject: 'environment démo' })).toBe(
    'Make an environment · environment démo',
  )
  expect(jobLabel({ command: 'environments.ensureAdmin', subject: 'the admin environment' })).toBe(
    'Make the admin environment',
  )
  expect(jobLabel({ command: 'later.command', subject: 'x' })).toBe('later.command · x')
})
