import { once } from 'node:events'
import { execa } from 'execa'
import { spawnFailure } from './failure.ts'
import { LineSplitter, OutputTail } from './output-tail.ts'

export interface LaunchOptions {
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Written to stdin first; stdin then stays open, for its end tells the child that we are gone. */
  readonly firstLine?: string
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void
}

export interface ExitFacts {
  readonly exitCode: number | null
  readonly signal: string | null
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
  readonly writeLine: (line: string) => void
}

/** How long output is still awaited after the end: a grandchild may hold the pipe open for ever. */
const drainMs = 500

/**
 * Starts a child that is meant to stay.
 * @throws SPAWN_FAILED when there is no process at all.
 */
export async function launch(argv: readonly [string, ...string[]], options: LaunchOptions): Promise<Launched> {
  const [file, ...args] = argv
  const tail = new OutputTail()
  const child = execa(file, args, {
    env: options.env,
    extendEnv: false,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdin: 'pipe',
    buffer: false,
    encoding: 'buffer',
    reject: false,
    killDescendants: true,
    // The ladder in terminate.ts decides when to kill; and a host that dies is noticed through stdin.
    forceKillAfterDelay: false,
    cleanup: false,
    windowsHide: true,
  })
  const pid = child.pid
  if (pid === undefined) {
    const failed = await child
    throw spawnFailure(argv, failed.cause ?? failed)
  }
  const splitterOf = (stream: 'stdout' | 'stderr') =>
    new LineSplitter((line) => {
      tail.add(line)
      options.onLine(line, stream)
    })
  const out = splitterOf('stdout')
  const err = splitterOf('stderr')
  child.stdout.on('data', (chunk: Uint8Array) => out.push(chunk))
  child.stderr.on('data', (chunk: Uint8Array) => err.push(chunk))
  // A child that ends at once breaks the pipe under the first write; its exit tells the story.
  child.stdin.on('error', () => {})
  if (options.firstLine !== undefined) child.stdin.write(`${options.firstLine}\n`)

  let ended = false
  const exited = once(child.nodeChildProcess, 'exit').then(async ([code, signal]) => {
    ended = true
    await Promise.race([child.then(() => {}), new Promise((resolve) => setTimeout(resolve, drainMs).unref())])
    child.stdout.destroy()
    child.stderr.destroy()
    out.end()
    err.end()
    return { exitCode: (code as number | null) ?? null, signal: (signal as string | null) ?? null }
  })
  return {
    pid,
    argv,
    lastLines: () => tail.lines,
    exited,
    hasExited: () => ended,
    closeStdin: () => child.stdin.end(),
    writeLine: (line) => child.stdin.write(`${line}\n`),
  }
}
