import { latencyAt } from '../../../contract/index.ts'
import type { ServerMetrics, WorkerMetrics } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'

/** What the looks at a server of the last minute say about now. */
export interface RecentWork {
  /** Requests answered a second; undefined before there is a second look. */
  readonly perSecond: number | undefined
  /** Seconds in which half of them, and 99 of 100, were answered; of the last minute, or of all where none ran in it. */
  readonly half: number | undefined
  readonly most: number | undefined
}

/** From the newest look, and the oldest that is known of this start. */
export function recentWork(looks: readonly ServerMetrics[]): RecentWork | undefined {
  const newest = looks.at(-1)
  if (newest === undefined) return undefined
  const oldest = looks.length > 1 ? looks[0] : undefined
  const seconds = oldest === undefined ? 0 : (Date.parse(newest.at) - Date.parse(oldest.at)) / 1000
  const { bounds, counts } = newest.latency
  const lately = counts.map((count, place) => Math.max(0, count - (oldest?.latency.counts[place] ?? 0)))
  const latency = { bounds, counts: lately.some((count) => count > 0) ? lately : counts }
  return {
    perSecond: oldest === undefined || seconds <= 0 ? undefined : (newest.requests - oldest.requests) / seconds,
    half: latencyAt(latency, 0.5),
    most: latencyAt(latency, 0.99),
  }
}

/** What one of several workers has in hand: `Worker 2: runs code, 3 waiting, 120 requests, 1 session`. */
export function workerText(one: WorkerMetrics): string {
  const { worker, ready, running, waiting, requests, sessions, lost } = one
  const parts = [
    t(ready ? (running > 0 ? 'servers.work.runs' : 'servers.work.idle') : 'servers.work.away'),
    waiting > 0 ? t('servers.work.workerWaits', { count: waiting }) : undefined,
    t('servers.work.workerRequests', { count: requests }),
    sessions > 0 ? t('servers.work.workerSessions', { count: sessions }) : undefined,
    lost > 0 ? t('servers.work.workerLost', { count: lost }) : undefined,
  ]
  const said = parts.filter((part) => part !== undefined).join(', ')
  return t('servers.work.worker', { worker, said })
}

/** Seconds as `0.08 ms`, `4.2 ms`, `120 ms`, `2.5 s`; a dash where nothing is known. */
export function latencyText(seconds: number | undefined): string {
  if (seconds === undefined) return '–'
  const ms = seconds * 1000
  if (ms < 1) return `${ms.toFixed(2)} ms`
  if (ms < 1000) return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`
  return `${seconds.toFixed(1)} s`
}

/** `0`, `0.4`, `12`, `1,204`. */
export function rateText(perSecond: number): string {
  return perSecond > 0 && perSecond < 9.95 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString()
}

/** The failures by code, most frequent first: `3 PYTHON_ERROR, 1 TIMEOUT`. */
export function errorsText(errors: ServerMetrics['errors']): string {
  const byCount = Object.entries(errors).sort(([, a], [, b]) => b - a)
  return byCount.map(([code, count]) => `${count.toLocaleString()} ${code}`).join(', ')
}

export function errorCount(errors: ServerMetrics['errors']): number {
  return Object.values(errors).reduce((sum, count) => sum + count, 0)
}
