import { onAbort } from './abort.ts'
import { BackendError, CancelledError, TimeoutError } from './errors.ts'

/** The last argument of every call. */
export interface CallOptions {
  /** Aborting rejects the call at once with CancelledError, and asks the server to stop the work. */
  readonly signal?: AbortSignal | undefined
  /**
   * Milliseconds until the call rejects with TimeoutError, connecting and waiting included; the server lets its code run no
   * longer either. Without it there is no limit but that of the session or the server.
   */
  readonly timeoutMs?: number | undefined
}

/** What a transport watches: aborted with the very error that the call shall reject with. */
export interface CallLimits {
  readonly signal: AbortSignal | undefined
  /** To be called when the call is over, however it ended. */
  end(): void
}

const unlimited: CallLimits = { signal: undefined, end() {} }

// Node's timers take a signed 32-bit number; a longer one would fire at once.
const longestTimerMs = 2 ** 31 - 1

/**
 * @param what the call, as it shall stand in the error: `eval`, `call fit`.
 * @throws CancelledError when the signal is aborted already; BackendError BAD_REQUEST for a timeout that is no duration.
 */
export function callLimits(options: CallOptions, what: string): CallLimits {
  const { signal, timeoutMs } = options
  if (signal?.aborted) throw cancelled(what, signal)
  if (timeoutMs !== undefined && !(timeoutMs >= 0)) {
    throw new BackendError('BAD_REQUEST', `timeoutMs must be a duration in milliseconds, not ${String(timeoutMs)}.`)
  }
  const limited = timeoutMs !== undefined && timeoutMs <= longestTimerMs
  if (signal === undefined && !limited) return unlimited
  const controller = new AbortController()
  const release = signal && onAbort(signal, () => controller.abort(cancelled(what, signal)))
  const timer = limited ? setTimeout(() => controller.abort(timedOut(what, timeoutMs)), timeoutMs) : undefined
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer)
      release?.()
    },
  }
}

/** The operations in which code of the user runs. */
const runsCode: ReadonlySet<string> = new Set(['import', 'create', 'call', 'getattr', 'setattr', 'eval', 'execute'])
// docs/wire.md §2.3, in seconds
const [shortestLimit, longestLimit] = [0.001, 604_800]

/**
 * What the server is told of a limit. It ends the code itself then, even code that keeps the interpreter busy and hears of no
 * cancel; its time begins with the code, so that ours, which includes the waiting, is never the longer one.
 */
export function codeLimit(command: string, { timeoutMs }: CallOptions): { readonly timeoutSeconds?: number } {
  if (timeoutMs === undefined || timeoutMs > longestLimit * 1000 || !runsCode.has(command)) return {}
  return { timeoutSeconds: Math.max(timeoutMs / 1000, shortestLimit) }
}

function cancelled(what: string, signal: AbortSignal): CancelledError {
  return new CancelledError(`The call (${what}) was cancelled by its caller.`, { cause: signal.reason })
}

function timedOut(what: string, timeoutMs: number): TimeoutError {
  return new TimeoutError(`The call (${what}) was not answered within ${timeoutMs} ms.`, {
    hint: 'Allow it more time, or look in the log of the server for what it is doing.',
    details: { timeoutMs },
  })
}
