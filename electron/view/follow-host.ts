import { fromErrorInfo } from '../../contract/index.ts'
import type { AppEvent, Snapshot } from '../../contract/index.ts'
import type { Core } from '../../core/index.ts'
import { applyEvent, viewOf } from './host-view.ts'
import type { HostView } from './host-view.ts'

/** The host as the native side shows it, always true. */
export interface FollowedHost {
  readonly view: () => HostView
  /** Told of each change at once, in the order of the subscriptions. */
  readonly onChange: (listener: (view: HostView) => void) => void
}

/** Listens first, then takes the snapshot: in one process no event gets lost, and those that it covers are left out. */
export async function followHost({ dispatch, events }: Pick<Core, 'dispatch' | 'events'>): Promise<FollowedHost> {
  const listeners: ((view: HostView) => void)[] = []
  const early: AppEvent[] = []
  let view: HostView | undefined
  events.subscribe((event) => {
    if (view === undefined) return void early.push(event)
    const next = applyEvent(view, event)
    if (next === view) return
    view = next
    for (const listener of listeners) listener(next)
  })
  const reply = await dispatch('host.snapshot', {})
  if ('error' in reply) throw fromErrorInfo(reply.error)
  const snapshot = reply.ok as Snapshot
  const current = early.filter(({ revision }) => revision > snapshot.revision).reduce(applyEvent, viewOf(snapshot))
  view = current
  return { view: () => view ?? current, onChange: (listener) => void listeners.push(listener) }
}
