import type { ExecutionOutput } from '../contract/index.ts'
import type { Output } from './output.ts'
import type { Shown } from './run-job.ts'

/** Passes on what code shows: live, and in the end what was missed of it. */
export interface PassedOutput {
  readonly live: (shown: Shown) => void
  /** What the code asks, where somebody sees it. */
  readonly prompt: (text: string) => void
  /** All that the run has shown; what was passed on already is not repeated. */
  readonly rest: (output: readonly ExecutionOutput[]) => void
  /** The cursor stands behind text on stdout, and not at the begin of a line. */
  readonly isInLine: () => boolean
  /** It does no more: the terminal has begun a new line. */
  readonly lineBegun: () => void
}

export function createPassedOutput(pass: Output['pass']): PassedOutput {
  const passed = { stdout: 0, stderr: 0 }
  let prompts = 0
  let next = 0
  let lastOnStdout = '\n'
  const put = (stream: 'stdout' | 'stderr', text: string) => {
    if (text === '') return
    pass(stream, text)
    if (stream === 'stdout') lastOnStdout = text.slice(-1)
  }
  const write = (stream: 'stdout' | 'stderr', text: string) => {
    put(stream, text)
    passed[stream] += text.length
  }
  return {
    live({ seq, output }) {
      // After a gap the order is known in the end only.
      if (seq !== next) return
      next += 1
      // A question was seen when it was asked.
      for (const part of output.map(textOf)) if (part) write(part.stream, part.text)
    },
    prompt(text) {
      prompts += 1
      put('stdout', text)
    },
    rest(output) {
      const skip = { ...passed }
      let known = prompts
      for (const one of output) {
        if (one.kind === 'input' && known-- <= 0) put('stdout', `${one.prompt}\n`)
        const part = textOf(one)
        if (!part) continue
        const { stream, text } = part
        const seen = Math.min(skip[stream], text.length)
        skip[stream] -= seen
        write(stream, text.slice(seen))
      }
    },
    isInLine: () => lastOnStdout !== '\n',
    lineBegun: () => (lastOnStdout = '\n'),
  }
}

/** What a terminal shows of it. The value of the last expression is printed by itself. */
function textOf(output: ExecutionOutput): { readonly stream: 'stdout' | 'stderr'; readonly text: string } | undefined {
  if (output.kind === 'text') return output
  if (output.kind === 'input' || output.isResult) return undefined
  return { stream: 'stdout', text: `${output.data['text/plain'] ?? ''}\n` }
}
