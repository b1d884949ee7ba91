import path from 'node:path'
import { onTestFinished } from 'vitest'
import { childEnvironment, pidExists } from '../../core/platform/index.ts'
import { launch } from '../../core/process/index.ts'
import type { Launched } from '../../core/process/index.ts'
import { eventually } from './eventually.ts'

const programs = path.resolve(import.meta.dirname, '../fixtures/programs')

/** The whole command of a fixture program. */
export function fixture(name: string, ...args: readonly string[]): [string, ...string[]] {
  return [process.execPath, path.join(programs, name), ...args]
}

export const env = childEnvironment(process.env, process.platform)

export interface Family {
  readonly pid: number
  readonly pids: Readonly<Record<string, number>>
  readonly launched: Launched
  readonly lines: readonly string[]
}

/** proc-family.mjs, once all of it is there. Whatever of it the test leaves is killed at the end. */
export async function startFamily(...flags: readonly string[]): Promise<Family> {
  const lines: string[] = []
  const launched = await launch(fixture('proc-family.mjs', ...flags), { env, onLine: (line) => lines.push(line) })
  let pids: Record<string, number> = { pid: launched.pid }
  onTestFinished(async () => {
    for (const pid of Object.values(pids)) if (pidExists(pid)) process.kill(pid, 'SIGKILL')
    await launched.exited
  })
  const line = await eventually('the family is there', () => lines[0])
  pids = JSON.parse(line) as Record<string, number>
  return { pid: launched.pid, pids, launched, lines }
}
