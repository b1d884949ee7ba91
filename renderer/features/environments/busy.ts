import type { Job } from '../../../contract/index.ts'
import { jobKind } from '../../lib/job-kind.ts'
import { runningJobs } from '../../stores/jobs.ts'

/** What the host calls an environment in the subject of a job. */
export function subjectOf(name: string): string {
  return name === 'admin' ? 'the admin environment' : `environment ${name}`
}

/** What they only look at is not being changed. */
function isOurs(job: Job): boolean {
  return /^(environments|packages)\./u.test(job.command) && jobKind(job) === 'work'
}

/** The job that changes this environment right now, whoever started it. */
export function changeUnderWay(jobs: readonly Job[], name: string): Job | undefined {
  return runningJobs(jobs).find((job) => isOurs(job) && job.subject === subjectOf(name))
}

/** Subjects of all such jobs as one text, which stays the same while only their progress changes. */
export function busySubjects(jobs: readonly Job[]): string {
  return runningJobs(jobs)
    .filter(isOurs)
    .map((job) => job.subject)
    .sort()
    .join('\n')
}

/** Changes whenever a change of this environment has ended: what was fetched about it before is old then. */
export function lastEnded(jobs: readonly Job[], name: string): string | undefined {
  return jobs.find((job) => job.state !== 'running' && isOurs(job) && job.subject === subjectOf(name))?.id
}
