import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

// Milliseconds in which threads of the collector still work on when it has returned.
const restMs = 200

/**
 * The moment from which a start is measured. What the measurement before it has left in this process (megabytes of arrays) is
 * collected first, and that has its time: else it happens in the first moments of the start, on the processor that this would use,
 * and counts as a part of it.
 */
export async function startingNow(): Promise<number> {
  collectGarbage()
  await setTimeout(restMs)
  return performance.now()
}

/** Milliseconds of one call after another. */
export async function inSequence(call: () => Promise<unknown>, calls: number): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < calls; index += 1) {
    const start = performance.now()
    await call()
    times.push(performance.now() - start)
  }
  return times
}

/** Calls a second with so many always under way on the same connection. */
export async function inFlight(call: () => Promise<unknown>, width: number, calls: number): Promise<number> {
  let left = calls
  const start = performance.now()
  const lane = async () => {
    while (left > 0) {
      left -= 1
      await call()
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  return (calls / (performance.now() - start)) * 1000
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Asks until it is answered, every millisecond; gives up after `deadlineMs`. */
export async function untilAnswered<T>(ask: () => Promise<T>, deadlineMs = 20_000): Promise<T> {
  const end = performance.now() + deadlineMs
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() > end) throw error
      await setTimeout(1)
    }
  }
}
