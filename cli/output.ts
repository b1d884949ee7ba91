import type { Progress } from '../contract/index.ts'
import type { TextStream } from './io.ts'
import { createProgress } from './progress.ts'

export interface OutputOptions {
  readonly stdout: TextStream
  readonly stderr: TextStream
  readonly json: boolean
  readonly quiet: boolean
  /** Whether this stream shows colours. */
  readonly color: (stream: TextStream) => boolean
}

/**
 * What a verb has to say. `json` is the machine's whole answer, `text` the same for people; `notes` are said beside it, on
 * stderr. Which of them is printed is decided in one place, so that `--json` can promise that nothing else is on stdout.
 */
export interface Answer {
  readonly json: unknown
  readonly text: string
  readonly notes?: readonly string[]
  /** Absent: 0. */
  readonly exitCode?: number
}

export interface Output {
  readonly json: boolean
  /** True once the one document that --json promises is out. */
  readonly hasAnswered: () => boolean
  readonly answer: (answer: Answer) => void
  /** One line of a stream of JSON documents (NDJSON), for verbs that go on. */
  readonly jsonLine: (value: unknown) => void
  /** Text as it is, on stdout. */
  readonly line: (text: string) => void
  /** What code of the user's prints, as it is, on the stream that it was printed to. */
  readonly pass: (stream: 'stdout' | 'stderr', text: string) => void
  /** Beside the answer, on stderr; not with --quiet. */
  readonly note: (text: string) => void
  /** The log that a server in the foreground writes: on stderr, with --json too; not with --quiet. */
  readonly log: (text: string) => void
  /** A failure, on stderr, whatever the options. */
  readonly complain: (text: string) => void
  readonly progress: (progress: Progress) => void
  readonly endProgress: () => void
  /** For text that goes to stderr. */
  readonly paint: Paint
  /** For text that goes to stdout, which may be a file while stderr is a terminal. */
  readonly paintAnswer: Paint
}

export type Paint = (style: Style, text: string) => string
export type Style = 'error' | 'hint' | 'dim'
const styleCodes: Readonly<Record<Style, string>> = { error: '1;31', hint: '36', dim: '2' }

export function createOutput(options: OutputOptions): Output {
  const { stdout, stderr, json, quiet, color } = options
  // With --json somebody reads stdout by program; lines on stderr would only mix into what they capture.
  const style = quiet ? 'off' : stderr.isTTY ? 'bar' : json ? 'off' : 'lines'
  const progress = createProgress({ stream: stderr, style })
  const onStdout = (text: string) => {
    progress.clear()
    stdout.write(`${text}\n`)
  }
  const onStderr = (text: string) => {
    progress.clear()
    stderr.write(`${text}\n`)
  }
  const note = (text: string) => {
    if (!quiet && !json) onStderr(text)
  }
  let answered = false
  return {
    json,
    hasAnswered: () => answered,
    answer(answer) {
      answered = true
      if (json) onStdout(stdout.isTTY ? JSON.stringify(answer.json, null, 2) : JSON.stringify(answer.json))
      else if (answer.text !== '') onStdout(answer.text)
      for (const text of answer.notes ?? []) note(text)
    },
    jsonLine: (value) => onStdout(JSON.stringify(value)),
    line: onStdout,
    pass(stream, text) {
      progress.clear()
      ;(stream === 'stdout' ? stdout : stderr).write(text)
    },
    note,
    log: (text) => {
      if (!quiet) onStderr(text)
    },
    complain: onStderr,
    progress: progress.show,
    endProgress: progress.clear,
    paint: paintOn(color(stderr)),
    paintAnswer: paintOn(color(stdout)),
  }
}

function paintOn(color: boolean): Paint {
  return (style, text) => (color ? `\x1b[${styleCodes[style]}m${text}\x1b[0m` : text)
}

/** Colour only where it is seen as colour, and nobody asked for none (https://no-color.org). Never the only bearer of a meaning. */
export function wantsColor(stream: TextStream, env: NodeJS.ProcessEnv, noColor: boolean): boolean {
  return !noColor && !env['NO_COLOR'] && env['TERM'] !== 'dumb' && stream.isTTY === true
}
