import { AppError, commands, startedJobSchema } from '../contract/index.ts'
import type { AnswerCommandName, CommandName, CommandParams, CommandResult, Job } from '../contract/index.ts'

/** A fact that arrived through a door; `payload` is not checked yet. */
export interface DoorEvent {
  readonly name: string
  readonly payload: unknown
}

export interface Listening {
  /** Settles when no more events come, for whatever reason. Never rejects. */
  readonly ended: Promise<void>
  readonly stop: () => void
}

/** The way to core: through the running host, or in this very process. Verbs do not know which. */
export interface Door {
  readonly kind: 'host' | 'here'
  /** The host's process; undefined where there is no host. */
  readonly pid: number | undefined
  /** @throws AppError, HOST_UNREACHABLE among them. */
  readonly ask: (name: CommandName, params: object) => Promise<unknown>
  /** Settles once every later event is sure to arrive. @throws AppError HOST_UNREACHABLE */
  readonly listen: (listener: (event: DoorEvent) => void) => Promise<Listening>
  readonly close: () => Promise<void>
}

/** Asks, and makes sure that the answer is one: the host may be of another version. */
export async function call<N extends AnswerCommandName>(
  door: Door,
  name: N,
  params: CommandParams<N>,
): Promise<CommandResult<N>> {
  return checkResult(name, await door.ask(name, params as object))
}

/** @throws AppError INTERNAL when what came is not what the contract promises. */
export function checkResult<N extends CommandName>(name: N, result: unknown): CommandResult<N> {
  const checked = commands[name].result.safeParse(result)
  if (checked.success) return checked.data as CommandResult<N>
  throw unknownShape(name, checked.error)
}

export function checkStartedJob(name: CommandName, reply: unknown): Job {
  const checked = startedJobSchema.safeParse(reply)
  if (checked.success) return checked.data.job
  throw unknownShape(name, checked.error)
}

function unknownShape(name: CommandName, cause: Error): AppError {
  return new AppError('INTERNAL', `The host answered ${name} in a form that this version does not know`, {
    hint: 'If the host is of another version, end it with `beep-host host stop` and try again',
    details: { issues: cause.message },
    cause,
  })
}
