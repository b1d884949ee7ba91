import { execa } from 'execa'
import { AppError } from '../../contract/index.ts'
import { spawnFailure } from './failure.ts'
import { LineSplitter, OutputTail } from './output-tail.ts'

export interface RunOptions {
  /** The child's whole environment (platform/child-environment.ts). */
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly signal?: AbortSignal | undefined
  /** Milliseconds in all; the way out of a child that hangs. */
  readonly timeoutMs?: number
  /** Milliseconds without a line of output; for children that may rightly take long. */
  readonly silenceMs?: number
  readonly input?: string
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** Bytes of stdout to keep whole; beyond them the child is stopped. Default 32 MiB. */
  readonly maxStdoutBytes?: number
}

/** What a short command did. It is the caller who knows which exit codes are failures. */
export interface RunResult {
  readonly argv: readonly string[]
  readonly exitCode: number | null
  readonly signal: string | null
  readonly stdout: string
  /** The end of stderr and stdout together, in order of arrival. */
  readonly lastLines: readonly string[]
  readonly durationMs: number
}

/** From SIGTERM to SIGKILL, for a child that is cancelled or timed out: long enough for an installer to drop its lock. */
const killDelayMs = 2000

/**
 * Runs a program to its end: an argument array, no shell, no stdin unless `input` is given, and its whole process group
 * stopped on cancel or timeout.
 * @throws SPAWN_FAILED, TIMEOUT, CANCELLED. A bad exit code is a result, not an error.
 */
export async function run(argv: readonly [string, ...string[]], options: RunOptions): Promise<RunResult> {
  const [file, ...args] = argv
  if (options.signal?.aborted) throw cancelled(argv)
  const tail = new OutputTail()
  const stop = new AbortController()
  let silence: NodeJS.Timeout | undefined
  let why: 'timeout' | 'silence' | 'size' | undefined
  const give = (reason: NonNullable<typeof why>) => {
    why ??= reason
    stop.abort()
  }
  const heard = () => {
    if (options.silenceMs === undefined) return
    clearTimeout(silence)
    silence = setTimeout(() => give('silence'), options.silenceMs)
  }
  const deadline = options.timeoutMs === undefined ? undefined : setTimeout(() => give('timeout'), options.timeoutMs)
  const chunks: Uint8Array[] = []
  let bytes = 0
  const watch = (stream: 'stdout' | 'stderr') => {
    const splitter = new LineSplitter((line) => {
      tail.add(line)
      options.onLine?.(line, stream)
    })
    return splitter
  }
  const splitters = { stdout: watch('stdout'), stderr: watch('stderr') }
  const started = performance.now()
  try {
    const child = execa(file, args, {
      env: options.env,
      extendEnv: false,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
      buffer: false,
      encoding: 'buffer',
      reject: false,
      killDescendants: true,
      forceKillAfterDelay: killDelayMs,
      cancelSignal: options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal,
      windowsHide: true,
    })
    child.stdout.on('data', (chunk: Uint8Array) => {
      heard()
      bytes += chunk.byteLength
      if (bytes > (options.maxStdoutBytes ?? 32 * 1024 * 1024)) give('size')
      else chunks.push(chunk)
      splitters.stdout.push(chunk)
    })
    child.stderr.on('data', (chunk: Uint8Array) => {
      heard()
      splitters.stderr.push(chunk)
    })
    heard()
    const result = await child
    splitters.stdout.end()
    splitters.stderr.end()
    if (why !== undefined) throw stopped(argv, why, options, tail.lines)
    if (options.signal?.aborted) throw cancelled(argv)
    if (result.exitCode === undefined && result.signal === undefined) throw spawnFailure(argv, result.cause ?? result)
    return {
      argv,
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      stdout: Buffer.concat(chunks).toString('utf8'),
      lastLines: tail.lines,
      durationMs: performance.now() - started,
    }
  } finally {
    clearTimeout(silence)
    clearTimeout(deadline)
  }
}

function cancelled(argv: readonly string[]): AppError {
  return new AppError('CANCELLED', `Cancelled: ${argv[0] ?? ''}`, { details: { argv } })
}

function stopped(
  argv: readonly string[],
  why: 'timeout' | 'silence' | 'size',
  options: RunOptions,
  lastLines: readonly string[],
): AppError {
  const details = { argv, lastLines }
  if (why === 'size')
    return new AppError('PROCESS_FAILED', `${argv[0] ?? ''} printed more than it may, and was stopped`, { details })
  const text =
    why === 'timeout'
      ? `did not end within ${seconds(options.timeoutMs)}`
      : `said nothing for ${seconds(options.silenceMs)}`
  return new AppError('TIMEOUT', `${argv[0] ?? ''} ${text}, and was stopped`, { details })
}

function seconds(ms: number | undefined): string {
  return `${Math.round((ms ?? 0) / 100) / 10} s`
}
