import type { Job } from '../../contract/index.ts'
import { duration } from '../lib/format.ts'
import { useHost } from '../stores/host.ts'
import { useJobs } from '../stores/jobs.ts'
import { isShownInPlace } from '../stores/use-job.ts'
import { t } from '../text/index.ts'
import { jobLabel } from '../ui/job-title.ts'
import { notifyDone, notifyError } from '../ui/notify.tsx'

/** Milliseconds: who waited longer than this has looked elsewhere, and wants to be told. */
const longMs = 5000

/** The jobs that have just ended and are worth a word: those that failed, and the long ones that succeeded. */
export function newsOf(before: readonly Job[], after: readonly Job[]): Job[] {
  const wasRunning = new Set(before.filter((job) => job.state === 'running').map((job) => job.id))
  return after.filter(
    (job) => wasRunning.has(job.id) && (job.state === 'failed' || (job.state === 'succeeded' && tookMs(job) > longMs)),
  )
}

/** Tells the news that nobody shows in place, whoever started the job. Returns the way to stop. */
export function watchJobs(): () => void {
  return useJobs.subscribe(({ jobs }, before) => {
    // A first snapshot is history, not news.
    if (!useHost.getState().isKnown) return
    for (const job of newsOf(before.jobs, jobs)) {
      if (isShownInPlace(job.id)) continue
      const title = jobLabel(job)
      if (job.error) notifyError(job.error, t('shell.job.failed', { title }))
      else notifyDone(t('shell.job.done', { title }), t('shell.job.took', { duration: duration(tookMs(job)) }))
    }
  })
}

function tookMs(job: Job): number {
  return Date.parse(job.endedAt ?? '') - Date.parse(job.startedAt)
}
