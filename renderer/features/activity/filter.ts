import type { Job } from '../../../contract/index.ts'
import { jobKind } from '../../lib/job-kind.ts'
import { jobLabel } from '../../ui/job-title.ts'

export const kinds = ['work', 'look', 'code', 'all'] as const
export const outcomes = ['all', 'succeeded', 'failed', 'cancelled'] as const

export interface Filter {
  readonly kind: (typeof kinds)[number]
  readonly outcome: (typeof outcomes)[number]
  readonly text: string
}

export const noFilter: Filter = { kind: 'work', outcome: 'all', text: '' }

/** The ended jobs that fit. */
export function endedFitting(jobs: readonly Job[], { kind, outcome, text }: Filter): Job[] {
  const wanted = text.trim().toLowerCase()
  return jobs.filter(
    (job) =>
      job.state !== 'running' &&
      (kind === 'all' || jobKind(job) === kind) &&
      (outcome === 'all' || job.state === outcome) &&
      (wanted === '' || jobLabel(job).toLowerCase().includes(wanted)),
  )
}

/** How many ended jobs there are of each kind. */
export function countsOf(jobs: readonly Job[]): Readonly<Record<Filter['kind'], number>> {
  const counts = { work: 0, look: 0, code: 0, all: 0 }
  for (const job of jobs) {
    if (job.state === 'running') continue
    counts.all += 1
    counts[jobKind(job)] += 1
  }
  return counts
}

/** The filter under which this job shows: the chosen one if it does, else the widest of its kind. */
export function filterShowing(filter: Filter, job: Job): Filter {
  return endedFitting([job], filter).length > 0 ? filter : { ...noFilter, kind: jobKind(job) }
}
