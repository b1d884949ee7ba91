import { AppError } from '../../contract/index.ts'
import { watchChild } from './child-output.ts'
import { startChild } from './start-child.ts'
import { terminate } from './terminate.ts'
import type { StopReport } from './terminate.ts'

export interface RunOptions {
  /** The child's whole environment (platform/child-environment.ts). */
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly signal?: AbortSignal | undefined
  /** Milliseconds in all; the way out of a child that hangs. */
  readonly timeoutMs?: number
  /** Milliseconds without any output; for children that may rightly take long. */
  readonly silenceMs?: number
  readonly input?: string
  /** Told the pid at once: for who must find the child after a crash of ours. */
  readonly onStart?: ((pid: number) => void) | undefined
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

type StopReason = 'cancel' | 'timeout' | 'silence' | 'size'

/** From SIGTERM to SIGKILL, for a child that is cancelled or timed out: long enough for an installer to drop its lock. */
const stopGrace = { askMs: 0, terminateMs: 2000, killMs: 3000 }

/**
 * Runs a program to its end: an argument array, no shell, no stdin unless `input` is given, and its whole process tree
 * stopped on cancel or timeout. What it leaves running on purpose when it ends by itself is left alone, and not waited for.
 * @throws SPAWN_FAILED, TIMEOUT, CANCELLED, PROCESS_FAILED for too much output. A bad exit code is a result, not an error.
 */
export async function run(argv: readonly [string, ...string[]], options: RunOptions): Promise<RunResult> {
  if (options.signal?.aborted) throw stopped(argv, 'cancel', options, [], [])
  const started = performance.now()
  const { pid, child } = await startChild(argv, {
    ...options,
    stdin: options.input === undefined ? 'ignore' : 'pipe',
    endsWithUs: true,
  })
  options.onStart?.(pid)

  let why: StopReason | undefined
  let stopping: Promise<StopReport> | undefined
  const isStopped = Promise.withResolvers<void>()
  const stop = (reason: StopReason) => {
    if (stopping !== undefined) return
    why = reason
    stopping = terminate({ pid, hasExited: watched.hasExited, closeStdin: () => {} }, stopGrace)
    // Not through `exited` alone: a process that is stuck in the kernel never ends, and the caller has waited enough.
    void stopping.then(() => isStopped.resolve(), isStopped.reject)
  }
  const maxBytes = options.maxStdoutBytes ?? 32 * 1024 * 1024
  const chunks: Uint8Array[] = []
  let bytes = 0
  let silence: NodeJS.Timeout | undefined
  const heard = () => {
    if (options.silenceMs === undefined) return
    clearTimeout(silence)
    silence = setTimeout(stop, options.silenceMs, 'silence')
  }
  const watched = watchChild(child, {
    onLine: options.onLine,
    onChunk(chunk, stream) {
      heard()
      if (stream === 'stderr') return
      bytes += chunk.byteLength
      if (bytes <= maxBytes) chunks.push(chunk)
      else stop('size')
    },
  })
  const cancel = () => stop('cancel')
  options.signal?.addEventListener('abort', cancel, { once: true })
  if (options.signal?.aborted) cancel()
  const deadline = options.timeoutMs === undefined ? undefined : setTimeout(stop, options.timeoutMs, 'timeout')
  heard()
  child.stdin?.end(options.input)
  try {
    await Promise.race([watched.exited, isStopped.promise])
    if (why !== undefined) {
      const report = await stopping
      // Its very last words are the best evidence.
      if (watched.hasExited()) await watched.exited
      throw stopped(argv, why, options, watched.lastLines(), report?.survivors ?? [])
    }
    const facts = await watched.exited
    const stdout = Buffer.concat(chunks).toString('utf8')
    return { argv, ...facts, stdout, lastLines: watched.lastLines(), durationMs: performance.now() - started }
  } finally {
    clearTimeout(silence)
    clearTimeout(deadline)
    options.signal?.removeEventListener('abort', cancel)
  }
}

function stopped(
  argv: readonly string[],
  why: StopReason,
  options: RunOptions,
  lastLines: readonly string[],
  survivors: readonly number[],
): AppError {
  const program = argv[0] ?? ''
  const details = { argv, lastLines, ...(survivors.length > 0 ? { survivors } : {}) }
  switch (why) {
    case 'cancel':
      return new AppError('CANCELLED', `Cancelled: ${program}`, { details })
    case 'size':
      return new AppError('PROCESS_FAILED', `${program} printed more than it may, and was stopped`, { details })
    case 'timeout':
      return new AppError('TIMEOUT', `${program} did not end within ${seconds(options.timeoutMs)}, and was stopped`, {
        details,
      })
    case 'silence':
      return new AppError('TIMEOUT', `${program} said nothing for ${seconds(options.silenceMs)}, and was stopped`, {
        details,
      })
  }
}

function seconds(ms: number | undefined): string {
  return `${Math.round((ms ?? 0) / 100) / 10} s`
}
