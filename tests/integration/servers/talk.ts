import { onTestFinished } from 'vitest'
import type { CheckedParams, Job, Question } from '../../../contract/index.ts'
import { createJobs } from '../../../core/jobs/index.ts'
import { eventually } from '../../tools/eventually.ts'
import type { TestServersOptions } from './harness.ts'
import { realServers } from './real-servers.ts'

type Asked = Omit<CheckedParams<'servers.execute'>, 'name' | 'allowInput'>

interface TalkOptions extends Pick<TestServersOptions, 'env'> {
  readonly workers?: number
}

/** A pipe server on the real engine, and code that is run on it as the job that it is, with somebody to answer. */
export async function talk({ env = {}, ...more }: TalkOptions = {}) {
  const host = realServers({ env })
  const jobs = createJobs(host.events)
  onTestFinished(() => jobs.close())
  await host.servers.start({ transport: 'pipe', ...more }, { signal: new AbortController().signal, progress: () => {} })
  let count = 0
  const run = (asked: Asked): Job =>
    jobs.start({
      command: 'servers.execute',
      subject: 'server pipe',
      exclusive: `run ${(count += 1)}`,
      wants: '',
      work: (given, id) => host.servers.execute({ ...asked, name: 'pipe', allowInput: true }, id, given),
    })
  return {
    ...host,
    jobs,
    run,
    ended: (job: Job) => jobs.ended(job.id),
    /** The repr of what code gives. */
    async gives(code: string, sessionId?: string): Promise<string> {
      const { result, error } = await jobs.ended(run({ code, sessionId }).id)
      if (error) throw new Error(JSON.stringify(error))
      return (result as { readonly result: { readonly repr: string } }).result.repr
    },
    async asks(job: Job): Promise<Question> {
      await eventually('it asks', () => jobs.get(job.id).asks !== undefined)
      return jobs.get(job.id).asks!
    },
    shows: (job: Job, text: string) =>
      eventually(`it shows ${text}`, () =>
        host.heard.some(
          (event) =>
            event.name === 'execution.shown' &&
            event.payload.job === job.id &&
            event.payload.output.some((part) => part.kind === 'text' && part.text.includes(text)),
        ),
      ),
  }
}
