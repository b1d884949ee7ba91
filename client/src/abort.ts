// One listener per signal, whatever the number of calls: Node warns of a leak from eleven listeners on, and a program may
// well pass the same signal to hundreds of calls.
const watched = new WeakMap<AbortSignal, Watch>()

interface Watch {
  readonly stops: Set<(reason: unknown) => void>
  readonly listener: () => void
}

/** Calls `stop` with the reason once the signal is aborted. Answers what takes the subscription back. */
export function onAbort(signal: AbortSignal, stop: (reason: unknown) => void): () => void {
  const { stops, listener } = watched.get(signal) ?? watch(signal)
  const own = (reason: unknown): void => stop(reason) // the same function may be handed in twice
  stops.add(own)
  return () => {
    stops.delete(own)
    // A listener that stays would keep a signal made by AbortSignal.any() from being garbage-collected.
    if (stops.size > 0 || watched.get(signal)?.stops !== stops) return
    watched.delete(signal)
    signal.removeEventListener('abort', listener)
  }
}

function watch(signal: AbortSignal): Watch {
  const stops: Watch['stops'] = new Set()
  const listener = (): void => {
    for (const stop of stops) stop(signal.reason)
  }
  signal.addEventListener('abort', listener, { once: true })
  const made = { stops, listener }
  watched.set(signal, made)
  return made
}

/** The promise, given up (not stopped) when the signal is aborted. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    const release = onAbort(signal, reject)
    promise.then(resolve, reject).finally(release)
  })
}
