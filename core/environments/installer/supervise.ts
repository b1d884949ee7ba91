import { AppError } from '../../../contract/index.ts'
import { launch, terminate } from '../../process/index.ts'
import type { ExitEvidence, Launched } from '../../process/index.ts'

export interface SuperviseOptions {
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly signal: AbortSignal
  /** Milliseconds without a line of output, times `patience()`, after which it counts as hung. */
  readonly silenceMs: number
  readonly patience: () => number
  readonly onLine: (line: string) => void
  /** Told the pid before anything else happens. */
  readonly onStarted: (pid: number) => Promise<void>
}

/** It has no stdin to be asked through, so the ladder starts at SIGTERM; long enough to drop a lock. */
const grace = { askMs: 0, terminateMs: 2000, killMs: 3000 }

/**
 * Runs an installer to its end. Not `run`: the pid must be known while it works, since an installer whose host was killed
 * goes on writing (marker.ts), and the limit is on silence, which some steps have more right to than others.
 * @throws SPAWN_FAILED, CANCELLED and TIMEOUT, the whole tree gone by then. A bad exit code is a result.
 */
export async function supervise(
  argv: readonly [string, ...string[]],
  options: SuperviseOptions,
): Promise<ExitEvidence> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<'cancelled' | 'silent'>()
  let silence: NodeJS.Timeout | undefined
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(() => stop('silent'), options.silenceMs * options.patience())
  }
  const cancel = () => stop('cancelled')
  options.signal.addEventListener('abort', cancel, { once: true })
  let child: Launched | undefined
  try {
    if (options.signal.aborted) throw new AppError('CANCELLED', `Cancelled: ${argv[0]}`)
    child = await launch(argv, {
      env: options.env,
      cwd: options.cwd,
      onLine: (line) => {
        options.onLine(line)
        heard()
      },
    })
    child.closeStdin()
    heard()
    await options.onStarted(child.pid)
    const end = await Promise.race([child.exited, stopped])
    const lastLines = child.lastLines()
    if (typeof end === 'object') return { argv, ...end, lastLines }
    if (end === 'cancelled') throw new AppError('CANCELLED', `Cancelled: ${argv[0]}`, { details: { argv } })
    const seconds = Math.round((options.silenceMs * options.patience()) / 100) / 10
    throw new AppError('TIMEOUT', `The installer said nothing for ${seconds} s, and was stopped`, {
      hint: 'Try again; if it stays so, check the network and the package index.',
      details: { argv, lastLines },
    })
  } finally {
    clearTimeout(silence)
    options.signal.removeEventListener('abort', cancel)
    if (child && !child.hasExited()) await terminate(child, grace)
  }
}
