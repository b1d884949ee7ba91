import { Box, Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { memo, useEffect, useId, useRef, useState } from 'react'
import type { Job } from '../../../contract/index.ts'
import { duration, localTime, runTime } from '../../lib/format.ts'
import { call } from '../../stores/call.ts'
import { cancelJob } from '../../stores/jobs.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { jobLabel } from '../../ui/job-title.ts'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { tell } from '../../ui/tell.ts'
import type { Tone } from '../../ui/tone.ts'
import { useNow } from '../../ui/use-now.ts'
import { JobDetails } from './job-details.tsx'

const tones: Readonly<Record<Job['state'], Tone>> = {
  running: 'active',
  succeeded: 'ok',
  failed: 'problem',
  cancelled: 'quiet',
}

export interface JobRowProps {
  readonly job: Job
  /** The address asks for its details. */
  readonly isOpen: boolean
}

/** One job: running with its progress and a way out, or ended with its outcome; a click tells the rest. */
export const JobRow = memo(function JobRow({ job, isOpen: isAsked }: JobRowProps) {
  const [isOpen, setOpen] = useState(isAsked)
  const row = useRef<HTMLLIElement>(null)
  const details = useId()
  const isRunning = job.state === 'running'
  const title = jobLabel(job)
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  useEffect(() => {
    if (!isAsked) return
    setOpen(true)
    row.current?.scrollIntoView({ block: 'center' })
  }, [isAsked])
  return (
    <li ref={row} className="row">
      <div className="job-line">
        <button
          type="button"
          className="job-open"
          aria-expanded={isOpen}
          aria-controls={details}
          aria-label={t('activity.detailsOf', { title })}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron size={16} aria-hidden />
        </button>
        <div className="job-what">
          <div className="ellipsis" style={{ fontWeight: 600 }} title={title}>
            {title}
          </div>
          <div className="small ellipsis">
            {localTime(job.startedAt)}, <Took job={job} />
            {job.state === 'failed' && job.error && (
              <span className="tone-problem" title={job.error.message}>
                {' · '}
                {job.error.message}
              </span>
            )}
          </div>
        </div>
        <div className="job-state">
          <StateMark tone={tones[job.state]} label={t(`activity.states.${job.state}`)} />
        </div>
        <div className="job-action">
          {isRunning ? <Cancel job={job} /> : job.state === 'succeeded' ? null : <Retry job={job} />}
        </div>
      </div>
      {isRunning && (
        <Box px="md" pb="sm" pl={44}>
          <ProgressLine progress={job.progress} />
        </Box>
      )}
      <div id={details}>
        {isOpen && (
          <Box px="md" pb="md" pl={44}>
            <JobDetails job={job} />
          </Box>
        )}
      </div>
    </li>
  )
})

/** How long it has taken; of a running one it tells so anew each second. */
function Took({ job }: { readonly job: Job }) {
  const isRunning = job.state === 'running'
  const now = useNow(isRunning)
  const ms = (job.endedAt === undefined ? now : Date.parse(job.endedAt)) - Date.parse(job.startedAt)
  return isRunning ? t('activity.since', { duration: duration(ms) }) : t('activity.took', { duration: runTime(ms) })
}

function Cancel({ job }: { readonly job: Job }) {
  const [isCancelling, setCancelling] = useState(false)
  const cancel = async () => {
    setCancelling(true)
    try {
      await cancelJob(job.id)
    } catch (error) {
      setCancelling(false)
      throw error
    }
  }
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t('activity.cancelOf', { title: jobLabel(job) })}
      onClick={() => void tell(cancel())}
      disabled={isCancelling}
    >
      {isCancelling ? t('activity.cancelling') : t('shell.cancel')}
    </Button>
  )
}

function Retry({ job }: { readonly job: Job }) {
  const retry = async () => {
    const again = await call('jobs.retry', { id: job.id })
    goTo('activity', again.id)
  }
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t('activity.retryOf', { title: jobLabel(job) })}
      onClick={() => void tell(retry())}
    >
      {t('activity.retry')}
    </Button>
  )
}
