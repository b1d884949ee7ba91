import { AppError } from '../contract/index.ts'

/** The signals that ask us to end: Ctrl+C, `kill`, a closed terminal, Ctrl+Break. */
export const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const
export type EndSignal = (typeof endSignals)[number]

/**
 * Milliseconds in which a repeated signal is taken for the same key press: a terminal tells every process in front of it,
 * the launcher included, and the launcher passes it on.
 */
const samePressMs = 100

export interface Interrupt {
  /** Aborted by the first signal (reason: AppError CANCELLED), by the deadline (TIMEOUT), or by `end`. */
  readonly signal: AbortSignal
  /** The signal that came, if one came. */
  readonly received: () => EndSignal | undefined
  readonly receive: (signal: EndSignal) => void
  /**
   * The next Ctrl+C is not for the verb: `take` is told, and the one after it counts as the first. Returns the way back.
   */
  readonly divert: (take: () => void) => () => void
  /** Ends the verb from inside, for a reason that is no failure of the verb. */
  readonly end: (reason: AppError) => void
  /** Ends the verb with TIMEOUT after so many seconds. */
  readonly startDeadline: (seconds: number) => void
  /** For verbs that stay: the deadline was for getting up. */
  readonly stopDeadline: () => void
}

/** @param atOnce called for the second signal, when the user no longer wants to wait for an orderly end. */
export function createInterrupt(
  atOnce: (signal: EndSignal) => void,
  now: () => number = () => performance.now(),
): Interrupt {
  const abort = new AbortController()
  let first: { readonly signal: EndSignal; readonly at: number } | undefined
  let deadline: NodeJS.Timeout | undefined
  let taker: (() => void) | undefined
  let divertedAt = Number.NEGATIVE_INFINITY
  return {
    signal: abort.signal,
    received: () => first?.signal,
    receive(signal) {
      if (signal === 'SIGINT' && first === undefined) {
        if (taker !== undefined) {
          divertedAt = now()
          const take = taker
          taker = undefined
          return take()
        }
        if (now() - divertedAt < samePressMs) return
      }
      if (first === undefined) {
        first = { signal, at: now() }
        abort.abort(new AppError('CANCELLED', `Interrupted by ${signal}`))
      } else if (now() - first.at >= samePressMs) atOnce(signal)
    },
    divert(take) {
      taker = take
      return () => {
        if (taker === take) taker = undefined
      }
    },
    end: (reason) => abort.abort(reason),
    startDeadline(seconds) {
      const message = `Not done after ${seconds} s`
      const hint = 'Give it more time with --timeout SECONDS'
      deadline = setTimeout(() => abort.abort(new AppError('TIMEOUT', message, { hint })), seconds * 1000)
    },
    stopDeadline: () => clearTimeout(deadline),
  }
}

/** The promise, or the reason of the abort, whichever comes first. What is left of the promise is nobody's any more. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const stopListening = new AbortController()
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        if (signal.aborted) reject(signal.reason as Error)
        signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: stopListening.signal })
      }),
    ])
  } finally {
    stopListening.abort()
  }
}

/** Settles when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
