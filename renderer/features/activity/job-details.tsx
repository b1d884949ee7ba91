import { Code, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Job } from '../../../contract/index.ts'
import { bytes, localTime, runTime } from '../../lib/format.ts'
import { call } from '../../stores/call.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Waiting } from '../../ui/waiting.tsx'

/** Everything the host knows of a job: facts, evidence, result. What a list leaves out is asked for. */
export function JobDetails({ job }: { readonly job: Job }) {
  const { whole, error } = useWhole(job)
  const { progress, endedAt, result } = whole
  const ms = Date.parse(endedAt ?? '') - Date.parse(job.startedAt)
  const isFailure = whole.state === 'failed' && whole.error !== undefined
  return (
    <Stack gap="sm">
      {isFailure && whole.error && <ErrorCard error={whole.error} kind="past" />}
      <Facts
        facts={[
          [t('activity.facts.command'), job.command],
          [t('activity.facts.subject'), job.subject],
          [t('activity.facts.started'), localTime(job.startedAt)],
          [t('activity.facts.ended'), endedAt === undefined ? undefined : localTime(endedAt)],
          [t('activity.facts.took'), endedAt === undefined ? undefined : runTime(ms)],
          [
            t('activity.facts.lastStep'),
            progress.detail === undefined ? progress.title : `${progress.title} · ${progress.detail}`,
          ],
          [
            t('activity.facts.bytes'),
            progress.bytesDone === undefined
              ? undefined
              : progress.bytesTotal === undefined
                ? bytes(progress.bytesDone)
                : t('shell.bytesOf', { done: bytes(progress.bytesDone), total: bytes(progress.bytesTotal) }),
          ],
          [t('activity.facts.id'), job.id],
        ]}
      />
      {whole.isAbridged && !error && <Waiting label={t('activity.facts.loading')} />}
      {error && <ErrorCard title={t('activity.facts.noDetails')} error={error} kind="known" />}
      {result !== undefined && (
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {t('activity.facts.result')}
          </Text>
          <Code block className="evidence" tabIndex={0} role="group" aria-label={t('activity.facts.result')}>
            {JSON.stringify(result, undefined, 2)}
          </Code>
        </div>
      )}
    </Stack>
  )
}

function useWhole(job: Job): { readonly whole: Job; readonly error: ErrorInfo | undefined } {
  const [fetched, setFetched] = useState<Job>()
  const [error, setError] = useState<ErrorInfo>()
  const { id, isAbridged } = job
  useEffect(() => {
    if (!isAbridged) return
    let isHere = true
    call('jobs.get', { id }).then(
      (found) => isHere && setFetched(found),
      (thrown: unknown) => isHere && setError(toErrorInfo(thrown)),
    )
    return () => {
      isHere = false
    }
  }, [id, isAbridged])
  return { whole: isAbridged ? (fetched ?? job) : job, error }
}
