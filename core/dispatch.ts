import { AppError, commands, isCommandName, toErrorInfo } from '../contract/index.ts'
import type {
  AnswerCommandName,
  CheckedParams,
  CommandName,
  CommandReply,
  CommandResult,
  ErrorInfo,
  Job,
  JobCommandName,
} from '../contract/index.ts'

/** One function a command. The types say it all: a missing or a superfluous handler fails the build. */
export type Handlers = {
  readonly [N in AnswerCommandName]: (params: CheckedParams<N>) => Promise<CommandResult<N>> | CommandResult<N>
} & {
  readonly [N in JobCommandName]: (params: CheckedParams<N>) => Promise<Job> | Job
}

export type Reply<N extends CommandName = CommandName> =
  { readonly ok: CommandReply<N> } | { readonly error: ErrorInfo }

/** Answers a command that came over any border: checked going in, and no throw ever gets out. */
export type Dispatch = (name: string, params: unknown) => Promise<Reply>

export interface DispatchOptions {
  /** Told about every bug (a throw that is no AppError), since the caller only sees INTERNAL. */
  readonly onBug: (command: string, thrown: unknown) => void
}

export function createDispatch(handlers: Handlers, options: DispatchOptions): Dispatch {
  const table = handlers as unknown as Record<CommandName, (params: unknown) => Promise<unknown>>
  return async (name, params) => {
    try {
      const checked = checkParams(name, params)
      const result = await table[checked.name](checked.params)
      const ok = commands[checked.name].kind === 'job' ? { job: result } : result
      return { ok: ok as CommandReply<CommandName> }
    } catch (thrown) {
      if (!(thrown instanceof AppError)) report(options, name, thrown)
      return { error: toErrorInfo(thrown) }
    }
  }
}

/** A log that fails must not take the answer with it. */
function report(options: DispatchOptions, command: string, thrown: unknown): void {
  try {
    options.onBug(command, thrown)
  } catch {
    // There is nobody left to tell.
  }
}

function checkParams(name: string, params: unknown): { name: CommandName; params: unknown } {
  if (!isCommandName(name))
    throw new AppError('UNKNOWN_COMMAND', `There is no command ${JSON.stringify(String(name).slice(0, 100))}`)
  const checked = commands[name].params.safeParse(params ?? {})
  if (checked.success) return { name, params: checked.data }
  const issues = checked.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  const text = issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message)).join('; ')
  throw new AppError('INVALID_PARAMS', `${name}: ${text}`, { details: { issues } })
}
