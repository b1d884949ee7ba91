import type { Progress } from '../../contract/index.ts'

/** Milliseconds between two progress events of one job: a screen shows no more. */
const progressEveryMs = 100

export interface ProgressReporter {
  readonly report: (progress: Progress) => void
  /** Ends the telling. @returns what was reported last and not told yet. */
  readonly stop: () => Progress | undefined
}

/** Thins progress out to what a screen can show, and never lets the fraction fall. */
export function progressReporter(tell: (progress: Progress) => void): ProgressReporter {
  let highest = 0
  let last = Number.NEGATIVE_INFINITY
  let isStopped = false
  let waiting: Progress | undefined
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    timer = undefined
    if (!waiting) return
    last = performance.now()
    const next = waiting
    waiting = undefined
    tell(next)
  }
  return {
    report(progress) {
      // Work that has ended may have callbacks in flight.
      if (isStopped) return
      // 0 of 0 bytes is no number, and a last chunk may overshoot.
      if (progress.fraction !== null && Number.isFinite(progress.fraction)) {
        highest = Math.max(highest, Math.min(1, progress.fraction))
      }
      waiting = { ...progress, fraction: progress.fraction === null ? null : highest }
      const wait = last + progressEveryMs - performance.now()
      if (wait <= 0) {
        clearTimeout(timer)
        flush()
      } else timer ??= setTimeout(flush, wait)
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
      return waiting
    },
  }
}
