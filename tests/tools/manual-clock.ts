import type { RestartClock } from '../../core/servers/restarts/restart-clock.ts'

/** A clock that stands still until a test lets time pass. */
export interface ManualClock extends RestartClock {
  /** Milliseconds from now of what waits, the next first. */
  readonly waits: () => readonly number[]
  readonly pass: (ms: number) => void
  /** Lets time pass until the next wait is over. @throws where nothing waits */
  readonly next: () => void
}

/** @param chance that it always gives; 0.5: waits are as long as they nominally are */
export function manualClock(chance = 0.5): ManualClock {
  let time = 1000
  let waiting: readonly { readonly at: number; readonly act: () => void }[] = []
  const pass = (ms: number) => {
    time += ms
    const due = waiting.filter(({ at }) => at <= time)
    waiting = waiting.filter(({ at }) => at > time)
    for (const { act } of due) act()
  }
  const waits = () => waiting.map(({ at }) => at - time).toSorted((a, b) => a - b)
  return {
    now: () => time,
    chance: () => chance,
    after(ms, act) {
      const wait = { at: time + ms, act }
      waiting = [...waiting, wait]
      return () => {
        waiting = waiting.filter((one) => one !== wait)
      }
    },
    waits,
    pass,
    next() {
      const [ms] = waits()
      if (ms === undefined) throw new Error('nothing waits')
      pass(ms)
    },
  }
}
