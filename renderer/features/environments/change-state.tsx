import { Button, Stack } from '@mantine/core'
import { cancelJob, useJobs } from '../../stores/jobs.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { jobTitle } from '../../ui/job-title.ts'
import { RunningCard } from '../../ui/running-card.tsx'
import { tell } from '../../ui/tell.ts'
import { changeUnderWay } from './busy.ts'
import type { Changes } from './use-changes.ts'

export interface ChangeStateProps {
  readonly name: string
  readonly changes: Changes
}

/** What is being done to the environment, whoever began it, and what of ours has failed. */
export function ChangeState({ name, changes }: ChangeStateProps) {
  const job = useJobs((state) => changeUnderWay(state.jobs, name))
  const failed = Object.values(changes.all).filter(({ error }) => error !== undefined)
  if (!job && failed.length === 0) return null
  return (
    <Stack gap="sm">
      {job && <RunningCard title={jobTitle(job)} job={job} onCancel={() => void tell(cancelJob(job.id))} />}
      {!job &&
        failed.map(
          ({ error, clear, job: ended }) =>
            error && (
              <ErrorCard
                key={ended?.id ?? error.message}
                error={error}
                actions={
                  <Button size="compact-sm" variant="default" onClick={clear}>
                    {t('environments.detail.dismiss')}
                  </Button>
                }
              />
            ),
        )}
    </Stack>
  )
}
