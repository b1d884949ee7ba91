import type { CallOptions } from './call-limits.ts'
import type { NamedValues } from './named-values.ts'

/** Text that the code wrote. `cut`: a notice that something was left out, not the code's own. */
export interface OutputEvent {
  readonly type: 'output'
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
  readonly cut: boolean
}

/** Something with forms of its own, such as a figure or a table. */
export interface DisplayEvent {
  readonly type: 'display'
  /** Media type to content: text, SVG and JSON as they are, everything else as base64. `text/plain` is always there. */
  readonly data: Readonly<Record<string, string>>
  /** It is the result, which has such forms. */
  readonly isResult: boolean
}

/** The code waits for a line of text. One of `answer` and `end` must be called, once. */
export interface InputEvent {
  readonly type: 'input'
  readonly prompt: string
  /** What is typed shall not be seen. */
  readonly password: boolean
  answer(text: string): void
  /** There is no more input: Python raises EOFError. */
  end(): void
}

export type ExecutionEvent = OutputEvent | DisplayEvent | InputEvent

export interface ExecutionResult<T = unknown> {
  /** Of the last expression; null without one. A value, or a handle (`isHandle` tells). */
  readonly value: T
  /** As Python shows it, at most 10 000 characters. */
  readonly repr: string
  readonly typeName: string
  /** Output was left out: there was more than `outputLimit`, or nobody read it in time. */
  readonly isOutputCut: boolean
}

/** Python code that runs, and what it shows meanwhile. */
export interface Execution<T = unknown> extends AsyncIterable<ExecutionEvent> {
  /** Rejects with what `evaluate` would reject with; `details.line` of a PythonError is the line of the code. */
  readonly result: Promise<ExecutionResult<T>>
  /** Stops the code: `result` rejects with CancelledError. Nothing happens when it has ended. */
  cancel(): void
}

export interface ExecuteOptions extends CallOptions {
  /** Names visible everywhere inside the code. */
  readonly locals?: NamedValues | undefined
  /** Characters of output; what is beyond is left out. Default 16 Mi. */
  readonly outputLimit?: number | undefined
  readonly onOutput?: ((text: string, stream: 'stdout' | 'stderr') => void) | undefined
  readonly onDisplay?: ((data: Readonly<Record<string, string>>, isResult: boolean) => void) | undefined
  /** Gives the line that the code asks for; undefined or null ends its input. */
  readonly onInput?:
    ((prompt: string, password: boolean) => string | null | undefined | Promise<string | null | undefined>) | undefined
}
