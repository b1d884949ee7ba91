import { Box, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { Job } from '../../../contract/index.ts'
import { duration, localTime } from '../../lib/format.ts'
import { call } from '../../stores/call.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { jobLabel } from '../../ui/job-title.ts'
import { notifyError } from '../../ui/notify.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import type { Tone } from '../../ui/tone.ts'
import { useNow } from '../../ui/use-now.ts'

const tones: Readonly<Record<Job['state'], Tone>> = {
  running: 'active',
  succeeded: 'ok',
  failed: 'problem',
  cancelled: 'quiet',
}

/** One job: running with its progress and a way out, or ended with its outcome. */
export function JobRow({ job }: { readonly job: Job }) {
  const [isCancelling, setCancelling] = useState(false)
  const isRunning = job.state === 'running'
  const now = useNow(isRunning)
  const cancel = () => {
    setCancelling(true)
    call('jobs.cancel', { id: job.id }).catch((error: unknown) => {
      setCancelling(false)
      notifyError(toErrorInfo(error))
    })
  }
  const ms = (job.endedAt === undefined ? now : Date.parse(job.endedAt)) - Date.parse(job.startedAt)
  const took = isRunning
    ? t('activity.since', { duration: duration(ms) })
    : t('activity.took', { duration: duration(ms) })
  return (
    <Box className="row" px="md" py="sm">
      <Group justify="space-between" wrap="nowrap" gap="md">
        <div style={{ minWidth: 0 }}>
          <Text fw={600} size="sm" className="ellipsis">
            {jobLabel(job)}
          </Text>
          <Text size="xs" c="dimmed">
            {t('activity.started', { time: localTime(job.startedAt) })}, {took}
          </Text>
        </div>
        <Group gap="sm" wrap="nowrap">
          <StateMark tone={tones[job.state]} label={t(`activity.states.${job.state}`)} />
          {isRunning && (
            <Button size="compact-sm" variant="default" onClick={cancel} disabled={isCancelling}>
              {isCancelling ? t('activity.cancelling') : t('shell.cancel')}
            </Button>
          )}
        </Group>
      </Group>
      {isRunning && (
        <Box mt="xs">
          <ProgressLine progress={job.progress} />
        </Box>
      )}
      {job.state === 'failed' && job.error && (
        <Box mt="xs">
          <ErrorCard error={job.error} kind="past" />
        </Box>
      )}
    </Box>
  )
}
