import { Button, Stack } from '@mantine/core'
import type { ErrorInfo } from '../../../contract/index.ts'
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

function isCheckable(kind: string): kind is 'install' | 'upgrade' | 'importFile' {
  return kind === 'install' || kind === 'upgrade' || kind === 'importFile'
}

/** The packages were in, and did not work together; the user may want them all the same. */
function wasTakenBack({ details = {} }: ErrorInfo): boolean {
  return details['isRolledBack'] === true && ('conflicts' in details || 'failed' in details)
}

/** What is being done to the environment, whoever began it, and what of ours has failed. */
export function ChangeState({ name, changes }: ChangeStateProps) {
  const job = useJobs((state) => changeUnderWay(state.jobs, name))
  const failed = Object.entries(changes.all).filter(([, { error }]) => error !== undefined)
  if (!job && failed.length === 0) return null
  return (
    <Stack gap="sm">
      {job && <RunningCard title={jobTitle(job)} job={job} onCancel={() => void tell(cancelJob(job.id))} />}
      {!job &&
        failed.map(
          ([kind, { error, clear, job: ended }]) =>
            error && (
              <ErrorCard
                key={ended?.id ?? error.message}
                error={error}
                actions={
                  <>
                    {isCheckable(kind) && wasTakenBack(error) && (
                      <Button size="compact-sm" onClick={() => changes.allTheSame(kind)}>
                        {t('environments.detail.allTheSame')}
                      </Button>
                    )}
                    <Button size="compact-sm" variant="default" onClick={clear}>
                      {t('environments.detail.dismiss')}
                    </Button>
                  </>
                }
              />
            ),
        )}
    </Stack>
  )
}
