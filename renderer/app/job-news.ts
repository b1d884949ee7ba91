import { useHost } from '../stores/host.ts'
import { useJobs } from '../stores/jobs.ts'
import { isShownInPlace } from '../stores/use-job.ts'
import { t } from '../text/index.ts'
import { duration } from '../lib/format.ts'
import { jobLabel } from '../ui/job-title.ts'
import { notifyDone, notifyError } from '../ui/notify.tsx'

/** Milliseconds: who waited longer than this has looked elsewhere, and wants to be told. */
const longMs = 5000

/** Tells the failures and the long jobs that nobody shows in place, whoever started them. Returns the way to stop. */
export function watchJobs(): () => void {
  return useJobs.subscribe(({ jobs }, before) => {
    // A first snapshot is history, not news.
    if (!useHost.getState().isKnown) return
    for (const job of jobs) {
      const was = before.jobs.find((one) => one.id === job.id)
      if (job.state === 'running' || was?.state !== 'running') continue
      if (isShownInPlace(job.id)) continue
      const title = jobLabel(job)
      if (job.state === 'failed' && job.error) {
        notifyError(job.error, t('shell.job.failed', { title }))
      }
      const ms = Date.parse(job.endedAt ?? '') - Date.parse(job.startedAt)
      if (job.state === 'succeeded' && ms > longMs) {
        notifyDone(t('shell.job.done', { title }), t('shell.job.took', { duration: duration(ms) }))
      }
    }
  })
}
