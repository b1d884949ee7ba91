import { createInterrupt } from '../../../cli/interrupt.ts'
import type { Io, TextStream } from '../../../cli/io.ts'
import { runCli } from '../../../cli/run.ts'

/** A stream that keeps what is written to it. */
export interface KeptStream extends TextStream {
  readonly text: () => string
}

export function keptStream(terminal?: { readonly columns: number }): KeptStream {
  let kept = ''
  return {
    ...(terminal ? { isTTY: true, columns: terminal.columns } : {}),
    write: (text) => void (kept += text),
    text: () => kept,
  }
}

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** One command line in this process, on a data root that is not there unless `env` names one. */
export async function run(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const stdout = keptStream()
  const stderr = keptStream()
  const io: Io = { stdin: emptyStdin(), stdout, stderr, env: { ...env }, cwd: '/' }
  const code = await runCli(
    argv,
    io,
    createInterrupt(() => {}),
  )
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

async function* emptyStdin(): AsyncGenerator<Uint8Array> {}
