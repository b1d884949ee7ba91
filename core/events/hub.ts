import type { AppEvent, EventName, EventPayload } from '../../contract/index.ts'

/** How many events a door that lost its connection can catch up on; further back it fetches the snapshot. */
const keptEvents = 1000

export interface EventHub {
  /** Tells every door a fact. State raises the revision, a log line does not. */
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void
  readonly revision: () => number
  readonly subscribe: (listener: (event: AppEvent) => void) => () => void
  /** The events after a revision, or undefined when some of them are no longer kept. */
  readonly since: (revision: number) => readonly AppEvent[] | undefined
}

export function createEventHub(): EventHub {
  const listeners = new Set<(event: AppEvent) => void>()
  const kept: AppEvent[] = []
  let revision = 0
  return {
    emit(name, payload) {
      const isState = name !== 'log.appended'
      if (isState) revision += 1
      const event = { revision, name, payload } as AppEvent
      if (isState) kept.push(event)
      if (kept.length > keptEvents) kept.shift()
      for (const listener of listeners) listener(event)
    },
    revision: () => revision,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    since(from) {
      if (from === revision) return []
      const first = kept[0]
      if (from > revision || first === undefined || first.revision > from + 1) return undefined
      return kept.filter((event) => event.revision > from)
    },
  }
}
