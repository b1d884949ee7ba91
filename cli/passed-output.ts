import type { ExecutionOutput } from '../contract/index.ts'
import type { Output } from './output.ts'
import type { Shown } from './run-job.ts'

/** Passes on what code shows: live, and in the end what was missed of it. */
export interface PassedOutput {
  readonly live: (shown: Shown) => void
  /** All that the run has shown; what was passed on already is not repeated. */
  readonly rest: (output: readonly ExecutionOutput[]) => void
  /** The cursor stands behind text on stdout, and not at the begin of a line. */
  readonly isInLine: () => boolean
}

export function createPassedOutput(pass: Output['pass']): PassedOutput {
  const passed = { stdout: 0, stderr: 0 }
  let next = 0
  let lastOnStdout = '\n'
  const write = (stream: 'stdout' | 'stderr', text: string) => {
    if (text === '') return
    pass(stream, text)
    passed[stream] += text.length
    if (stream === 'stdout') lastOnStdout = text.slice(-1)
  }
  return {
    live({ seq, output }) {
      // After a gap the order is known in the end only.
      if (seq !== next) return
      next += 1
      for (const part of output.map(textOf)) if (part) write(part.stream, part.text)
    },
    rest(output) {
      const skip = { ...passed }
      for (const part of output.map(textOf)) {
        if (!part) continue
        const { stream, text } = part
        const known = Math.min(skip[stream], text.length)
        skip[stream] -= known
        write(stream, text.slice(known))
      }
    },
    isInLine: () => lastOnStdout !== '\n',
  }
}

/** What a terminal shows of it. The value of the last expression is printed by itself. */
function textOf(output: ExecutionOutput): { readonly stream: 'stdout' | 'stderr'; readonly text: string } | undefined {
  if (output.kind === 'text') return output
  return output.isResult ? undefined : { stream: 'stdout', text: `${output.data['text/plain'] ?? ''}\n` }
}
