/** Time and chance as the restart policy needs them; a test brings its own. */
export interface RestartClock {
  /** Milliseconds, which only ever grow. */
  readonly now: () => number
  /** Acts after so many milliseconds. Returns the way to prevent it. */
  readonly after: (ms: number, act: () => void) => () => void
  /** From 0 to 1. */
  readonly chance: () => number
}

export const systemClock: RestartClock = {
  now: () => performance.now(),
  after(ms, act) {
    // A host stays for what it has to do, not for a timer.
    const timer = setTimeout(act, ms).unref()
    return () => clearTimeout(timer)
  },
  chance: Math.random,
}
