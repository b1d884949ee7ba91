import { watchChild } from './child-output.ts'
import type { ExitFacts } from './child-output.ts'
import { startChild } from './start-child.ts'

export interface LaunchOptions {
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Written to stdin first; stdin then stays open, for its end tells the child that we are gone. */
  readonly firstLine?: string
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void
}

/** A long-lived child, in a process group of its own. */
export interface Launched {
  readonly pid: number
  readonly argv: readonly string[]
  /** The last lines it has said so far, both streams in order of arrival. */
  readonly lastLines: () => readonly string[]
  /** Settles when the process has ended and its output is read to the end. Never rejects. */
  readonly exited: Promise<ExitFacts>
  readonly hasExited: () => boolean
  /** The polite request: closes the child's stdin. */
  readonly closeStdin: () => void
  /** Lost without a word once the child has ended or stdin is closed. */
  readonly writeLine: (line: string) => void
}

/**
 * Starts a child that is meant to stay.
 * @throws SPAWN_FAILED when there is no process at all.
 */
export async function launch(argv: readonly [string, ...string[]], options: LaunchOptions): Promise<Launched> {
  // A host that dies is noticed through stdin, whatever way it dies.
  const { pid, child } = await startChild(argv, { ...options, stdin: 'pipe', endsWithUs: false })
  const watched = watchChild(child, { onLine: options.onLine })
  const writeLine = (line: string) => {
    if (child.stdin?.writable) child.stdin.write(`${line}\n`)
  }
  if (options.firstLine !== undefined) writeLine(options.firstLine)
  return { pid, argv, ...watched, closeStdin: () => child.stdin?.end(), writeLine }
}
