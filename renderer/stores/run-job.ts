import type { CommandParams, CommandResult, Job, JobCommandName } from '../../contract/index.ts'
import { call } from './call.ts'
import { rememberJob } from './jobs.ts'
import { jobEnded } from './use-job.ts'

/**
 * Runs a job command from a place that does not stay, such as a notification. Its result; undefined when it failed or was
 * cancelled, which a notification tells by itself. Rejects when it could not even begin.
 */
export async function runJob<N extends JobCommandName>(
  command: N,
  params: CommandParams<N>,
): Promise<CommandResult<N> | undefined> {
  // Every job command answers `{ job }`; the compiler cannot see it through the open N.
  const { job } = (await call(command, params)) as { readonly job: Job }
  rememberJob(job)
  const ended = await jobEnded(job.id)
  return ended.state === 'succeeded' ? (ended.result as CommandResult<N>) : undefined
}
