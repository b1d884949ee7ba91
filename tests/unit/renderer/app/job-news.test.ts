import { expect, it } from 'vitest'
import type { Job, Server } from '../../../../contract/index.ts'
import { lostOf, newsOf, recoveredOf } from '../../../../renderer/app/job-news.ts'
import { jobLabel } from '../../../../renderer/ui/job-title.ts'
import { job, server } from '../fake-bridge.ts'

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

it('what only looks is no news, however it ends: who wanted to know waits for the answer', () => {
  const looks = job('look', { command: 'packages.preview' })
  expect(newsOf([looks], [{ ...ended('look', 'failed', 9), command: 'packages.preview' }])).toEqual([])
})

it('a server that ran and has failed is news; one whose start failed is news of its job', () => {
  const before = [server('ran', 'running'), server('began', 'starting'), server('lay', 'failed')]
  const after = [server('ran', 'failed'), server('began', 'failed'), server('lay', 'failed')]
  expect(lostOf(before, after).map(({ name }) => name)).toEqual(['ran'])
  expect(lostOf(before, before)).toEqual([])
})

const restarting = (state: Server['state'], nextAt: string | null = null, gaveUp = false): Server => ({
  ...server('again', state),
  restarts: { attempt: 5, most: 5, nextAt, gaveUp },
})
const waiting = restarting('failed', '2026-01-01T00:00:02.000Z')
const lost = restarting('failed', null, true)

it('a server that comes back by itself is no news; that it was given up is, once', () => {
  const told = (before: Server, after: Server) => lostOf([before], [after]).length
  expect(told(server('again', 'running'), waiting)).toBe(0)
  expect(told(waiting, restarting('starting'))).toBe(0)
  expect(told(restarting('starting'), waiting)).toBe(0)
  expect(told(restarting('starting'), lost)).toBe(1)
  // Something stood in the way before a start had begun.
  expect(told(waiting, lost)).toBe(1)
  expect(told(lost, lost)).toBe(0)
  // Somebody has started it, and waits for the job.
  expect(told(server('again', 'starting'), server('again', 'failed'))).toBe(0)
})

it('has recovered only who was lost', () => {
  expect(recoveredOf([waiting], [restarting('starting')])).toEqual([])
  expect(recoveredOf([lost], [lost])).toEqual([])
  expect(recoveredOf([lost], [server('again', 'starting')])).toEqual(['again'])
})

it('the notice of a server that has failed goes once that is true no more, however it came', () => {
  const before = [
    server('again', 'failed'),
    server('still', 'failed'),
    server('gone', 'failed'),
    server('ran', 'running'),
  ]
  const after = [server('again', 'starting'), server('still', 'failed'), server('ran', 'failed')]
  expect(recoveredOf(before, after)).toEqual(['again', 'gone'])
})

it('a job is named by what it does and to what, without saying it twice', () => {
  expect(jobLabel({ command: 'environments.create', subject: 'environment dé mo' })).toBe('Make an environment · dé mo')
  expect(jobLabel({ command: 'packages.install', subject: 'environment démo' })).toBe(
    'Install packages · environment démo',
  )
  expect(jobLabel({ command: 'environments.ensureAdmin', subject: 'the admin environment' })).toBe(
    'Make the admin environment',
  )
  expect(jobLabel({ command: 'later.command', subject: 'x' })).toBe('later.command · x')
})
