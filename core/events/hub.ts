import { passingEvents } from '../../contract/index.ts'
import type { AppEvent, EventName, EventPayload } from '../../contract/index.ts'

/** How many events a door that lost its connection can catch up on; further back it fetches the snapshot. */
const keptEvents = 1000

export interface EventHub {
  /** Tells every door a fact. State raises the revision; what passes (log lines, samples) does not. Never throws, whatever a listener does. */
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void
  readonly revision: () => number
  /** `from` is who listens: a door, or something in core that only wants to know when to look. */
  readonly subscribe: (listener: (event: AppEvent) => void, from?: 'door' | 'core') => () => void
  /** True while a door listens: what costs something to find out is worth it only then. */
  readonly isHeard: () => boolean
  /** The events after a revision, or undefined when some of them are no longer kept. */
  readonly since: (revision: number) => readonly AppEvent[] | undefined
}

export interface EventHubOptions {
  /** Told what a listener threw: one broken door must stop neither the others nor the work. */
  readonly onBug?: (thrown: unknown) => void
}

export function createEventHub(options: EventHubOptions = {}): EventHub {
  const listeners = new Map<(event: AppEvent) => void, 'door' | 'core'>()
  const kept: AppEvent[] = []
  /** Waiting to be told: a listener that emits must not let later listeners hear the second event before the first. */
  const pending: AppEvent[] = []
  let isTelling = false
  let revision = 0

  const reportBug = (error: unknown) => {
    try {
      options.onBug?.(error)
    } catch {
      // There is nobody left to tell.
    }
  }
  const tellAll = () => {
    if (isTelling) return
    isTelling = true
    for (let event = pending.shift(); event !== undefined; event = pending.shift()) {
      // A copy: who subscribes now begins with the next event.
      for (const listener of Array.from(listeners.keys())) tell(listener, event)
    }
    isTelling = false
  }
  const tell = (listener: (event: AppEvent) => void, event: AppEvent) => {
    // It may have been unsubscribed by another listener of this very event.
    if (!listeners.has(listener)) return
    try {
      listener(event)
    } catch (error) {
      reportBug(error)
    }
  }

  return {
    emit(name, payload) {
      const isState = !passingEvents.includes(name)
      if (isState) revision += 1
      const event = { revision, name, payload } as AppEvent
      if (isState) kept.push(event)
      if (kept.length > keptEvents) kept.shift()
      pending.push(event)
      tellAll()
    },
    revision: () => revision,
    subscribe(listener, from = 'door') {
      // Wrapped, so that one function may subscribe twice and unsubscribe once.
      const own = (event: AppEvent) => listener(event)
      listeners.set(own, from)
      return () => listeners.delete(own)
    },
    isHeard: () => [...listeners.values()].includes('door'),
    since(from) {
      if (from === revision) return []
      const first = kept[0]
      if (!Number.isInteger(from) || from > revision || first === undefined || first.revision > from + 1) {
        return undefined
      }
      return kept.filter((event) => event.revision > from)
    },
  }
}
