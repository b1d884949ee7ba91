import { startsAgain } from '../../contract/index.ts'
import type { Job, Server } from '../../contract/index.ts'
import { duration } from '../lib/format.ts'
import { jobKind } from '../lib/job-kind.ts'
import { useHost } from '../stores/host.ts'
import { useJobs } from '../stores/jobs.ts'
import { isStopped } from '../stores/playground-past.ts'
import { useServers } from '../stores/servers.ts'
import { useUi } from '../stores/ui.ts'
import { isShownInPlace } from '../stores/use-job.ts'
import { t } from '../text/index.ts'
import { jobLabel } from '../ui/job-title.ts'
import { hideNotice } from '../ui/notify.tsx'
import { tellNews } from './news.ts'

/** Milliseconds: who waited longer than this has looked elsewhere, and wants to be told. */
const longMs = 5000

/** The jobs that have just ended and are worth a word: those that failed, and the long ones that succeeded. */
export function newsOf(before: readonly Job[], after: readonly Job[]): Job[] {
  const wasRunning = new Set(before.filter((job) => job.state === 'running').map((job) => job.id))
  return after.filter(
    (job) =>
      wasRunning.has(job.id) &&
      // Whoever only wanted to know waits for the answer, and nobody else cares.
      jobKind(job) !== 'look' &&
      !isStopped(job) &&
      (job.state === 'failed' || (job.state === 'succeeded' && tookMs(job) > longMs)),
  )
}

/** The servers that were up and will not come back by themselves. A start that somebody wanted and that fails is news of its job. */
export function lostOf(before: readonly Server[], after: readonly Server[]): Server[] {
  const wereUp = new Set(before.filter(wasUp).map(({ name }) => name))
  return after.filter((server) => isLost(server) && wereUp.has(server.name))
}

/** The servers that were lost and are not any more: they were started again, stopped, or are gone. */
export function recoveredOf(before: readonly Server[], after: readonly Server[]): string[] {
  const still = new Set(after.filter(isLost).map(({ name }) => name))
  return before.filter((server) => isLost(server) && !still.has(server.name)).map(({ name }) => name)
}

function isLost(server: Server): boolean {
  return server.state === 'failed' && !startsAgain(server)
}

/** It ran, or was on its way back without anybody's doing. */
function wasUp(server: Server): boolean {
  return server.state === 'running' || (server.restarts !== undefined && !isLost(server))
}

const noticeOf = (server: string) => `server ${server}`

/** Tells the news, whoever started the job. Returns the way to stop. */
export function watchJobs(): () => void {
  return useJobs.subscribe(({ jobs }, before) => {
    // A first snapshot is history, not news.
    if (!useHost.getState().isKnown) return
    for (const job of newsOf(before.jobs, jobs)) {
      const title = jobLabel(job)
      tellNews({
        id: job.id,
        title: job.error ? t('shell.job.failed', { title }) : t('shell.job.done', { title }),
        message: job.error ? job.error.message : t('shell.job.took', { duration: duration(tookMs(job)) }),
        ...(job.error ? { error: job.error } : {}),
        place: { screen: 'activity', item: job.id },
        isShown: isShownInPlace(job.id),
      })
    }
  })
}

/** Tells of servers that failed while they ran, once they do not come back by themselves. The screen of the servers shows it by itself. Returns the way to stop. */
export function watchServers(): () => void {
  return useServers.subscribe(({ servers }, before) => {
    if (!useHost.getState().isKnown) return
    for (const name of recoveredOf(before.servers, servers)) hideNotice(noticeOf(name))
    for (const { name, error, lastExit } of lostOf(before.servers, servers)) {
      const title = t('shell.serverFailed', { name })
      tellNews({
        id: `server ${name} ${lastExit?.at ?? ''}`,
        title,
        message: error?.message ?? title,
        error: error ?? { code: 'SERVER_FAILED', message: title },
        place: { screen: 'servers', item: name },
        notice: noticeOf(name),
        isShown: useUi.getState().place.screen === 'servers',
      })
    }
  })
}

function tookMs(job: Job): number {
  return Date.parse(job.endedAt ?? '') - Date.parse(job.startedAt)
}
