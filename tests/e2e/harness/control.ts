import { connectControl } from '../../../client/src/control.ts'
import { fromErrorInfo } from '../../../contract/index.ts'
import type {
  AnswerCommandName,
  CommandName,
  CommandParams,
  CommandReply,
  CommandResult,
  Job,
  JobCommandName,
} from '../../../contract/index.ts'
import { eventually } from '../../tools/eventually.ts'

type Wire = { [N in CommandName]: { readonly params: CommandParams<N>; readonly result: CommandReply<N> } }

/** The host of a data root, asked by a program: for what a test needs to be there, and is not about. */
export interface Control extends AsyncDisposable {
  readonly ask: <N extends AnswerCommandName>(name: N, params: CommandParams<N>) => Promise<CommandResult<N>>
  /** Begins a job. */
  readonly begin: (name: JobCommandName, params: object) => Promise<Job>
  /** Runs a job to its end. */
  readonly done: <N extends JobCommandName>(name: N, params: CommandParams<N>) => Promise<CommandResult<N>>
  /** Runs a job that is to fail. */
  readonly fails: <N extends JobCommandName>(name: N, params: CommandParams<N>) => Promise<Job>
}

/** @throws when no host runs there. */
export async function controlOf(home: string): Promise<Control> {
  const client = await connectControl<Wire>(home)
  if (client === undefined) throw new Error(`No host runs in ${home}`)
  const begin = async (name: JobCommandName, params: object): Promise<Job> => {
    const { job } = (await client.call(name, params as never)) as { readonly job: Job }
    return job
  }
  const ended = async (name: JobCommandName, params: object): Promise<Job> => {
    const { id } = await begin(name, params)
    return eventually(
      `${name} has ended`,
      async () => {
        const job = await client.call('jobs.get', { id })
        return job.state === 'running' ? undefined : job
      },
      120_000,
    )
  }
  return {
    begin,
    ask: (name, params) => client.call(name, params as never) as Promise<never>,
    done: async (name, params) => {
      const job = await ended(name, params)
      if (job.error) throw fromErrorInfo(job.error)
      return job.result as never
    },
    fails: async (name, params) => {
      const job = await ended(name, params)
      if (job.state !== 'failed') throw new Error(`${name} was to fail, and ended as ${job.state}`)
      return job
    },
    [Symbol.asyncDispose]: () => client.close(),
  }
}
