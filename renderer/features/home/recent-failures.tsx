import { Anchor, Group, Text } from '@mantine/core'
import type { Job } from '../../../contract/index.ts'
import { localTime } from '../../lib/format.ts'
import { useJobs } from '../../stores/jobs.ts'
import { hashOf } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { jobKind } from '../../lib/job-kind.ts'
import { jobLabel } from '../../ui/job-title.ts'
import { Section } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

/** More than these nobody reads at a glance. */
const shown = 5

/** The last jobs that failed, the newest first. Code that raised, and looking that found nothing, are in the activity. */
export function failuresOf(jobs: readonly Job[]): Job[] {
  return jobs.filter((job) => job.state === 'failed' && jobKind(job) === 'work').slice(0, shown)
}

/** What went wrong lately; nothing at all where nothing did. */
export function RecentFailures() {
  const jobs = useJobs((state) => state.jobs)
  const failures = failuresOf(jobs)
  if (failures.length === 0) return null
  return (
    <Section
      title={t('home.failures.title')}
      actions={
        <Anchor size="sm" href={hashOf({ screen: 'activity', item: undefined })}>
          {t('shell.allActivity')}
        </Anchor>
      }
    >
      <ul className="surface rows">
        {failures.map((job) => (
          <li key={job.id} className="row row-linked" style={{ padding: '9px 16px' }}>
            <Group justify="space-between" wrap="nowrap" gap="md">
              <div style={{ minWidth: 0 }}>
                <a className="row-link ellipsis" href={hashOf({ screen: 'activity', item: job.id })}>
                  {jobLabel(job)}
                </a>
                <Text size="sm" c="dimmed" className="ellipsis">
                  {job.error?.message}
                </Text>
              </div>
              <Group gap="md" wrap="nowrap" style={{ flexShrink: 0 }}>
                <Text size="xs" c="dimmed">
                  {localTime(job.endedAt ?? job.startedAt)}
                </Text>
                <StateMark tone="problem" label={t('activity.states.failed')} />
              </Group>
            </Group>
          </li>
        ))}
      </ul>
    </Section>
  )
}
