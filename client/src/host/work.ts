import { onAbort } from '../abort.ts'
import type { CallOptions } from '../call-limits.ts'
import { EventQueue } from '../event-queue.ts'
import type { Progress } from './models.ts'

/** The last argument of what takes the host long. */
export interface WorkOptions extends CallOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * Long work of the host: a promise of its result, and its progress for whoever loops over it. A loop ends with the error of the
 * work, and cancels the work when it is left early.
 */
export interface HostWork<T> extends Promise<T>, AsyncIterable<Progress> {
  /** The work ends, and rejects with CancelledError. Nothing happens when it has ended. */
  cancel(): void
}

/** What the host is asked, and told to stop by the signal. */
export type BeginWork<T> = (options: CallOptions, onProgress: (progress: Progress) => void) => Promise<T>

// So many steps may wait for who reads them; what the host tells is few and small, and nobody reading is no reason to stop.
const mostSteps = 10_000

export function hostWork<T>(begin: BeginWork<T>, { onProgress, signal, timeoutMs }: WorkOptions): HostWork<T> {
  const stop = new AbortController()
  const cancel = (): void => stop.abort()
  const steps = new EventQueue<Progress>(mostSteps, () => {}, cancel)
  if (signal?.aborted) stop.abort(signal.reason)
  const release = signal && onAbort(signal, (reason) => stop.abort(reason))
  const work = begin({ signal: stop.signal, timeoutMs }, (progress) => {
    onProgress?.(progress)
    if (!steps.isFull) steps.push(progress, 1)
  })
  const over = (error?: unknown): void => {
    release?.()
    steps.end(error)
  }
  work.then(() => over(), over)
  return Object.assign(work, {
    cancel,
    [Symbol.asyncIterator]: () => steps, // which hears of a failure; so does whoever awaits the work
  })
}
