import type { Job } from '../../../../contract/index.ts'
import { createEventHub } from '../../../../core/events/index.ts'
import { createJobs } from '../../../../core/jobs/index.ts'
import type { JobContext, JobPlan } from '../../../../core/jobs/index.ts'

/** A registry, and what it tells. */
export function setUp() {
  const events = createEventHub()
  const told: Job[] = []
  events.subscribe((event) => {
    if (event.name === 'job.changed') told.push(event.payload.job)
  })
  const bugs: unknown[] = []
  const jobs = createJobs(events, { onBug: (_, thrown) => bugs.push(thrown) })
  return { jobs, told, bugs }
}

export function plan<T>(work: (context: JobContext) => Promise<T>, change: Partial<JobPlan<T>> = {}): JobPlan<T> {
  return {
    command: 'environments.create',
    subject: 'environment é x',
    exclusive: 'environment:é x',
    wants: 'create',
    work,
    ...change,
  }
}

/** Work that ends when the test says so. */
export function gate() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  return { work: () => promise, open: resolve, fail: reject }
}

/** Work that ends when it is cancelled, the way Node's own functions do. */
export const untilCancelled = ({ signal }: JobContext) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
