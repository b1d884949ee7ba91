import { startsAgain } from '../../contract/index.ts'
import type { AppEvent, Job } from '../../contract/index.ts'
import { text } from '../text.ts'

/** What is worth a notification of the system while nobody looks at the window. */
export interface News {
  readonly title: string
  readonly body: string
  readonly place: { readonly screen: string; readonly item?: string }
}

/** Milliseconds: who waited longer than this is doing something else by now. */
const longMs = 10_000

/** The news in an event. `wasFailed`: the server had failed before it, so this is the same news again. */
export function newsIn(event: AppEvent, wasFailed: (server: string) => boolean): News | undefined {
  if (event.name === 'server.changed') {
    const { server } = event.payload
    const { name, state, error } = server
    // What comes back by itself is no news; that it does not come back is.
    if (state !== 'failed' || startsAgain(server) || wasFailed(name)) return undefined
    return { title: text.news.serverFailed(name), body: error?.message ?? '', place: { screen: 'servers', item: name } }
  }
  return event.name === 'job.changed' ? newsOfJob(event.payload.job) : undefined
}

function newsOfJob(job: Job): News | undefined {
  const { command, subject, state, error } = job
  const place = { screen: 'activity' }
  // Servers tell of their own failures.
  if (state === 'failed' && !command.startsWith('servers.'))
    return { title: text.news.jobFailed(subject), body: error?.message ?? '', place }
  if (state !== 'succeeded' || tookMs(job) < longMs) return undefined
  return { title: text.news.jobDone(subject), body: job.progress.title, place }
}

function tookMs({ startedAt, endedAt }: Job): number {
  return endedAt === undefined ? 0 : Date.parse(endedAt) - Date.parse(startedAt)
}
