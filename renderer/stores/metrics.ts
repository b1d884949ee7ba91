import { create } from 'zustand'
import type { ServerMetrics } from '../../contract/index.ts'
import { call } from './call.ts'

/** Looks kept of each server: about a minute of them. */
const keptLooks = 30

interface MetricsState {
  /** Server to what it told, oldest first. */
  readonly looks: Readonly<Record<string, readonly ServerMetrics[]>>
}

export const useMetrics = create<MetricsState>()(() => ({ looks: {} }))

/** Server to the number of places on screen that show its metrics. */
const watchers = new Map<string, number>()
/** Servers that have been asked and have not answered. */
const asking = new Set<string>()

/** Asks the server now, and whenever it is measured (`server.sampled`). Returns the way to stop. */
export function watchMetrics(server: string): () => void {
  watchers.set(server, (watchers.get(server) ?? 0) + 1)
  void ask(server)
  return () => {
    const left = (watchers.get(server) ?? 1) - 1
    if (left > 0) watchers.set(server, left)
    else watchers.delete(server)
  }
}

/** A moment in which figures change anyway. */
export function lookAtMetrics(server: string): void {
  if (watchers.has(server)) void ask(server)
}

export function forgetMetrics(server: string): void {
  useMetrics.setState(({ looks }) => {
    const { [server]: _, ...others } = looks
    return { looks: others }
  })
}

async function ask(server: string): Promise<void> {
  if (asking.has(server)) return
  asking.add(server)
  try {
    const look = await call('servers.metrics', { name: server })
    useMetrics.setState(({ looks }) => ({ looks: { ...looks, [server]: added(looks[server] ?? [], look) } }))
  } catch {
    // Figures beside a server that is busy, or has just ended: the next look brings newer ones.
  } finally {
    asking.delete(server)
  }
}

/** What another start of the server has counted says nothing about this one. */
function added(known: readonly ServerMetrics[], look: ServerMetrics): readonly ServerMetrics[] {
  return [...known.filter(({ startedAt }) => startedAt === look.startedAt), look].slice(-keptLooks)
}
