import type { Job } from '../../../contract/index.ts'
import { jobLabel } from '../../ui/job-title.ts'

/** `code`: runs of code, of which there may be hundreds; `work`: everything else. */
export const kinds = ['work', 'code', 'all'] as const
export const outcomes = ['all', 'succeeded', 'failed', 'cancelled'] as const

export interface Filter {
  readonly kind: (typeof kinds)[number]
  readonly outcome: (typeof outcomes)[number]
  readonly text: string
}

export const noFilter: Filter = { kind: 'work', outcome: 'all', text: '' }

export function kindOf(job: Pick<Job, 'command'>): 'work' | 'code' {
  return job.command === 'servers.execute' ? 'code' : 'work'
}

/** The ended jobs that fit. */
export function endedFitting(jobs: readonly Job[], { kind, outcome, text }: Filter): Job[] {
  const wanted = text.trim().toLowerCase()
  return jobs.filter(
    (job) =>
      job.state !== 'running' &&
      (kind === 'all' || kindOf(job) === kind) &&
      (outcome === 'all' || job.state === outcome) &&
      (wanted === '' || jobLabel(job).toLowerCase().includes(wanted)),
  )
}

/** How many ended jobs there are of each kind. */
export function countsOf(jobs: readonly Job[]): Readonly<Record<Filter['kind'], number>> {
  const ended = jobs.filter((job) => job.state !== 'running')
  const code = ended.filter((job) => kindOf(job) === 'code').length
  return { work: ended.length - code, code, all: ended.length }
}

/** The filter under which this job shows: the chosen one if it does, else the widest of its kind. */
export function filterShowing(filter: Filter, job: Job): Filter {
  return endedFitting([job], filter).length > 0 ? filter : { ...noFilter, kind: kindOf(job) }
}
