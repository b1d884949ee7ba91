import { onTestFinished } from 'vitest'
import { launch } from '../../core/process/index.ts'
import type { ExitFacts } from '../../core/process/index.ts'
import { eventually } from './eventually.ts'
import { env, fixture } from './family.ts'

export interface SecondProgram {
  readonly pid: number
  readonly lines: readonly string[]
  /** Waits for a line. */
  readonly said: (line: string) => Promise<string>
  readonly kill: () => Promise<void>
  readonly closeStdin: () => void
  readonly writeLine: (line: string) => void
  readonly exited: Promise<ExitFacts>
}

/** proc-storage.ts in a process of its own, killed at the end of the test if need be. */
export async function secondProgram(work: string, ...args: readonly string[]): Promise<SecondProgram> {
  const lines: string[] = []
  const child = await launch(fixture('proc-storage.ts', work, ...args), { env, onLine: (line) => lines.push(line) })
  const kill = async () => {
    if (!child.hasExited()) process.kill(child.pid, 'SIGKILL')
    await child.exited
  }
  onTestFinished(kill)
  const said = (line: string) =>
    eventually(`it says ${line}`, () => {
      if (child.hasExited() && !lines.includes(line)) throw new Error(`It ended: ${lines.join('\n')}`)
      return lines.find((text) => text === line)
    })
  return { ...child, lines, said, kill }
}
