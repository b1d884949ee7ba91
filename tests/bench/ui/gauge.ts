import type { CDPSession, Page } from '@playwright/test'

/** Milliseconds: the browser tells no event that took less. Source: Event Timing, `durationThreshold`. */
export const reportedFromMs = 16

/** What a stretch of work did to the one who typed and clicked. */
export interface Reading {
  /** Milliseconds from each key or click to the next picture; those below `reportedFromMs` count as that. */
  readonly latencies: readonly number[]
  /** Milliseconds of each task of the page that took 50 or more. */
  readonly longTasks: readonly number[]
}

interface Seen {
  readonly events: { readonly duration: number; readonly interactionId: number }[]
  readonly tasks: number[]
}

declare global {
  interface Window {
    gauge?: Seen
  }
}

/** Begins to watch a page; call it before the page is loaded. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: Seen = { events: [], tasks: [] }
    window.gauge = seen
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { duration, interactionId } = entry as PerformanceEventTiming
        seen.events.push({ duration, interactionId })
      }
      // The type library does not know the threshold yet.
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration)
    }).observe({ type: 'longtask', buffered: true })
  })
}

/** What was seen since the last reading. `acts` is how many keys and clicks there were. */
export async function read(page: Page, acts: number): Promise<Reading> {
  const { events, tasks } = await page.evaluate(() => ({
    events: window.gauge?.events.splice(0) ?? [],
    tasks: window.gauge?.tasks.splice(0) ?? [],
  }))
  // One act is several events (down, press, input, up), which share an id; the slowest is what was felt.
  const slowest = new Map<number, number>()
  for (const { interactionId, duration } of events) {
    if (interactionId > 0) slowest.set(interactionId, Math.max(duration, slowest.get(interactionId) ?? 0))
  }
  const reported = [...slowest.values()]
  const quick = Array.from({ length: Math.max(0, acts - reported.length) }, () => reportedFromMs)
  return { latencies: [...reported, ...quick], longTasks: tasks }
}

/** Megabytes of live JavaScript objects, after a collection. */
export async function heapMegabytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1024 / 1024
}
