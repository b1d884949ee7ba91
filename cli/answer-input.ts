import type { CommandParams, CommandResult, Question } from '../contract/index.ts'
import type { Interrupt } from './interrupt.ts'
import type { Io } from './io.ts'
import type { LineInput } from './line-input.ts'
import type { PassedOutput } from './passed-output.ts'

export interface AnswersDeps {
  readonly io: Pick<Io, 'stdin' | 'stderr'>
  readonly lines: LineInput
  readonly passed: PassedOutput
  /** Nothing may stand on stdout before the end. */
  readonly isQuiet: boolean
  readonly call: (
    name: 'servers.answerInput',
    params: CommandParams<'servers.answerInput'>,
  ) => Promise<CommandResult<'servers.answerInput'>>
  readonly onInterrupt: Interrupt['receive']
}

export interface Answers {
  readonly isFor: (job: string) => void
  readonly asked: (question: Question | undefined) => void
}

/** Answers what code asks with what is typed, or piped in. */
export function answersFrom({ io, lines, passed, isQuiet, call, onInterrupt }: AnswersDeps): Answers {
  const isTyped = io.stdin.isTTY === true
  let job: string | undefined
  let open: Question | undefined
  const prompt = (text: string) => {
    if (!isQuiet) passed.prompt(text)
    // Who types must know what is asked; stdout is for the document.
    else if (isTyped) io.stderr.write(text)
  }
  let isReading = false
  const answer = async ({ isPassword }: Question, execution: string) => {
    isReading = true
    const line = await (isPassword ? lines.nextHidden(() => onInterrupt('SIGINT')) : lines.next()).finally(
      () => (isReading = false),
    )
    if (isTyped) {
      // What is typed unseen has no line end on the screen.
      if (isPassword) io.stderr.write('\n')
      // Ctrl+D leaves the cursor where it is.
      if (isPassword || line !== null) passed.lineBegun()
    }
    // It is for whatever is asked by now.
    if (open !== undefined) await call('servers.answerInput', { execution, text: line })
  }
  return {
    isFor: (id) => (job = id),
    asked(question) {
      open = question
      if (question === undefined || job === undefined) return lines.close()
      prompt(question.prompt)
      // Where it fails the end of the run tells why.
      if (!isReading) void answer(question, job).catch(() => {})
    },
  }
}
