import { EventEmitter, once } from 'node:events'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { launch } from '../../../core/process/index.ts'
import type { Workplace } from './workplace.ts'

const program = path.resolve(import.meta.dirname, '../../fixtures/runtimes/install-program.ts')

export interface SecondInstall {
  readonly lines: readonly string[]
  readonly said: (line: string) => Promise<string>
  /** Kill -9, and its end awaited. */
  readonly kill: () => Promise<void>
  readonly exited: Promise<{ readonly exitCode: number | null }>
}

/** The same install in a process of its own, on the same data root. */
export async function installElsewhere(place: Workplace, mirror: string, stopAt = ''): Promise<SecondInstall> {
  const lines: string[] = []
  const heard = new EventEmitter()
  const child = await launch([process.execPath, program, place.home, mirror, stopAt], {
    env: place.env,
    onLine(line) {
      lines.push(line)
      heard.emit('line')
    },
  })
  const ended = child.exited.then(() => heard.emit('line'))
  const kill = async () => {
    if (!child.hasExited()) process.kill(child.pid, 'SIGKILL')
    await child.exited
  }
  onTestFinished(kill)
  // No deadline of its own: the test's is long, for a busy machine, and the program's end is noticed.
  const said = async (line: string) => {
    while (!lines.includes(line)) {
      if (child.hasExited()) throw new Error(`It ended without saying ${line}: ${lines.join('\n')}`)
      await once(heard, 'line')
    }
    return line
  }
  return { lines, said, kill, exited: ended.then(() => child.exited) }
}
