import type { AnswerCommandName, CommandName, CommandParams, CommandResult, JobCommandName } from '../contract/index.ts'
import type { Place } from './place.ts'
import type { Door } from './door.ts'
import type { Inputs, Values } from './inputs.ts'
import type { Interrupt } from './interrupt.ts'
import type { Io } from './io.ts'
import type { Answer, Output } from './output.ts'

/** What a verb works with. It can ask for the commands that it names, and for no others: so the table of verbs cannot lie. */
export interface Context<N extends CommandName> {
  readonly io: Io
  readonly output: Output
  readonly place: Place
  readonly interrupt: Interrupt
  /** The running host, or core in this process; opened by the first use, closed when the verb is done. */
  readonly door: () => Promise<Door>
  /** From now on, `door` is this one: for verbs that wake a host, or become one. */
  readonly useDoor: (door: Door) => void
  readonly call: <M extends N & AnswerCommandName>(name: M, params: CommandParams<M>) => Promise<CommandResult<M>>
  /** Runs a job to its end, shows its progress, and cancels it when the user or the deadline ends the verb. */
  readonly run: <M extends N & JobCommandName>(name: M, params: CommandParams<M>) => Promise<CommandResult<M>>
}

export interface VerbSpec<N extends CommandName, I extends Inputs> {
  /** The words that lead here, the usual ones first: `venv create`, `start`, `servers start`. */
  readonly words: readonly string[]
  readonly summary: string
  /** The commands of the contract that it speaks. */
  readonly commands: readonly N[]
  readonly inputs: I
  /** Shown under the help. */
  readonly more?: string
  /** Returns what to print, or how it ended when it has printed as it went. */
  readonly run: (context: Context<N>, values: Values<I>) => Promise<Answer | Ended>
}

/** For a verb that has printed as it went. */
export interface Ended {
  readonly exitCode: number
}

/** A verb whose inputs are known to itself alone. */
export type Verb = Omit<VerbSpec<CommandName, Inputs>, 'run'> & {
  readonly run: (context: Context<CommandName>, values: Record<string, unknown>) => Promise<Answer | Ended>
}

/** The typed way to write a verb down. */
export function verb<const N extends CommandName, I extends Inputs>(spec: VerbSpec<N, I>): Verb {
  return { ...spec, run: (context, values) => spec.run(context, values as Values<I>) }
}
