import { passingEvents, toErrorInfo } from '../../contract/index.ts'
import type { AppEvent, ErrorInfo, Snapshot } from '../../contract/index.ts'
import type { Bridge } from '../bridge.ts'
import type { HostLink } from './host.ts'

export interface SyncOptions {
  readonly bridge: Bridge
  readonly applySnapshot: (snapshot: Snapshot) => void
  readonly applyEvent: (event: AppEvent) => void
  readonly onLink: (link: HostLink, error?: ErrorInfo) => void
  /** Calls back after so many milliseconds; replaced in tests. */
  readonly later?: (run: () => void, ms: number) => unknown
}

/** Milliseconds before another try at a snapshot that failed, or that events outran. */
const retryMs = 1000

/**
 * Keeps the stores equal to the host: listens first, then takes the snapshot, drops the events that are older, applies the rest
 * in order. After a gap in the revisions, and after each reconnect, it takes the snapshot anew. Returns the way to stop.
 */
export function startSync(options: SyncOptions): () => void {
  const { bridge, applySnapshot, applyEvent, onLink, later = setTimeout } = options
  /** Revision of what is on screen; undefined while a snapshot is on its way or the host is away. */
  let revision: number | undefined
  let waiting: AppEvent[] = []
  /** Each fetch has its number: the answer to an older one is not looked at. */
  let turn = 0
  let isStopped = false

  const fetchSnapshot = () => {
    const mine = (turn += 1)
    const isStale = () => isStopped || mine !== turn
    revision = undefined
    bridge.invoke('host.snapshot', {}).then(
      (snapshot) => {
        if (isStale()) return
        applySnapshot(snapshot)
        revision = snapshot.revision
        onLink('live')
        const arrived = waiting
        waiting = []
        take(arrived, () => later(() => !isStale() && fetchSnapshot(), retryMs))
      },
      (error: unknown) => {
        if (isStale()) return
        // The next snapshot covers them, and they must not pile up until it comes.
        waiting = []
        onLink('failed', toErrorInfo(error))
        later(() => !isStale() && fetchSnapshot(), retryMs)
      },
    )
  }
  const take = (events: readonly AppEvent[], refetch: () => unknown) => {
    for (const [index, event] of events.entries()) {
      if (revision === undefined) return void waiting.push(...events.slice(index))
      // What passes is no state and carries the revision of their moment: one from the future means that state was missed, too.
      const isPassing = passingEvents.includes(event.name)
      const next = isPassing ? revision : revision + 1
      if (event.revision > next) {
        waiting.push(...events.slice(index))
        revision = undefined
        refetch()
        return
      }
      if (isPassing) applyEvent(event)
      else if (event.revision === next) {
        revision = next
        applyEvent(event)
      }
    }
  }

  const unlisten = bridge.onEvents((events) => {
    if (!isStopped) take(events, fetchSnapshot)
  })
  const unwatch = bridge.onState((state) => {
    if (isStopped) return
    // What an older connection said counts differently: the host may be another one by now.
    waiting = []
    revision = undefined
    turn += 1
    onLink(state === 'open' ? 'loading' : state)
    if (state === 'open') fetchSnapshot()
  })
  return () => {
    isStopped = true
    unlisten()
    unwatch()
  }
}
