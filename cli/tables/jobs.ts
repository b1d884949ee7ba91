import type { Job } from '../../contract/index.ts'
import { fields, table } from '../text/table.ts'
import { localTime } from '../text/units.ts'
import { problemFields } from './problem.ts'

export function jobsTable(jobs: readonly Job[]): string {
  if (jobs.length === 0) return 'No work is under way, and none has ended lately'
  return table(jobs, [
    { title: 'id', cell: ({ id }) => id },
    { title: 'command', cell: ({ command }) => command },
    { title: 'subject', cell: ({ subject }) => subject },
    { title: 'state', cell: stateOf },
    { title: 'started', cell: ({ startedAt }) => localTime(startedAt) },
  ])
}

export function jobFields(job: Job): string {
  return fields([
    ['id', job.id],
    ['command', job.command],
    ['subject', job.subject],
    ['state', stateOf(job)],
    ['step', [job.progress.title, job.progress.detail].filter(Boolean).join(', ')],
    ['started', localTime(job.startedAt)],
    ['ended', job.endedAt === undefined ? '' : localTime(job.endedAt)],
    ...problemFields(job.error),
  ])
}

function stateOf({ state, progress }: Job): string {
  const { fraction } = progress
  return state === 'running' && fraction !== null ? `${state}, ${Math.floor(fraction * 100)}%` : state
}
