import type { EventHub } from '../events/index.ts'

/** Milliseconds without work before a woken host ends: long enough for the next command of a script. */
const idleMs = 3000
/** Milliseconds that the command which woke it has for its first request. */
const firstMs = 15_000

/** What is looked at: core, as far as it matters here. */
export interface Watched {
  readonly events: EventHub
  readonly isBusy: () => Promise<boolean>
}

/** Calls `end` once nothing is running and nobody is connected. Returns the way to stop watching. */
export function watchIdle(core: Watched, isAsked: () => boolean, end: () => void): () => Promise<void> {
  let timer = setTimeout(look, firstMs)
  let idleSince: number | undefined
  let stopped = false
  function look(): void {
    void (async () => {
      // What cannot be told counts as work: a host that ends by mistake takes servers along.
      const busy = isAsked() || (await core.isBusy().catch(() => true))
      if (stopped) return
      idleSince = busy ? undefined : (idleSince ?? performance.now())
      if (idleSince !== undefined && performance.now() - idleSince >= idleMs) return end()
      clearTimeout(timer)
      timer = setTimeout(look, 500)
    })()
  }
  // Work has begun, so the long grace of the beginning is no longer needed.
  const unsubscribe = core.events.subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(look, 500)
  }, 'core')
  return () => {
    stopped = true
    clearTimeout(timer)
    unsubscribe()
    return Promise.resolve()
  }
}
