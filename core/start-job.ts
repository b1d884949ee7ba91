import { createHash } from 'node:crypto'
import type { CommandName, Job } from '../contract/index.ts'
import type { JobContext, Jobs } from './jobs/index.ts'

/** Starts what a handler wants done as a job. Two requests that want the same share one; `exclusive` names what it works on. */
export type StartJob = (
  command: CommandName,
  subject: string,
  exclusive: string,
  wants: unknown,
  work: (context: JobContext) => Promise<unknown>,
  /** Characters that the params hold, where they are many. */
  weight?: number,
) => Job

export function jobStarter(jobs: Jobs): StartJob {
  return (command, subject, exclusive, wants, work, weight = 0) =>
    jobs.start({ command, subject, exclusive, wants: digest(command, wants), work, weight })
}

/** Equal requests have equal digests, whatever the order of their fields. */
function digest(command: string, params: unknown): string {
  const ordered = JSON.stringify(params, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(`${command}\0${ordered}`).digest('hex')
}
