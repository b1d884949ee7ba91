import { create } from 'zustand'
import type { Job } from '../../contract/index.ts'
import { call } from './call.ts'

interface JobsState {
  /** Running and recent ones, the newest first. */
  readonly jobs: readonly Job[]
}

export const useJobs = create<JobsState>()(() => ({ jobs: [] }))

export function newestFirst(a: Job, b: Job): number {
  return b.startedAt.localeCompare(a.startedAt)
}

export function withJob(jobs: readonly Job[], changed: Job): Job[] {
  const at = jobs.findIndex((job) => job.id === changed.id)
  if (at === -1) return [changed, ...jobs].sort(newestFirst)
  return jobs.with(at, changed)
}

/** The reply to a command names its job, but an event may have told more of it already: what is known is newer. */
export function rememberJob(job: Job): void {
  useJobs.setState(({ jobs }) => (jobs.some((known) => known.id === job.id) ? {} : { jobs: withJob(jobs, job) }))
}

export function runningJobs(jobs: readonly Job[]): Job[] {
  return jobs.filter((job) => job.state === 'running')
}

/** The job that does this to that right now, whoever started it. */
export function runningJob(jobs: readonly Job[], command: string, subject?: string): Job | undefined {
  return jobs.find(
    (job) => job.state === 'running' && job.command === command && (subject === undefined || job.subject === subject),
  )
}

/** Asks a job to stop; it tells by itself when it has. */
export async function cancelJob(id: string): Promise<void> {
  await call('jobs.cancel', { id })
}
