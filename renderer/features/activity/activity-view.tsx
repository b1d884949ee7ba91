import { Button, SegmentedControl } from '@mantine/core'
import { IconActivity } from '@tabler/icons-react'
import { useState } from 'react'
import { runningJobs, useJobs } from '../../stores/jobs.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { JobRow } from './job-row.tsx'

type Filter = 'all' | 'failed'

export function ActivityView() {
  const jobs = useJobs((state) => state.jobs)
  const [filter, setFilter] = useState<Filter>('all')
  const running = runningJobs(jobs)
  const ended = jobs.filter((job) => job.state !== 'running' && (filter === 'all' || job.state === 'failed'))
  return (
    <Page title={t('activity.name')} subtitle={t('activity.subtitle')}>
      {jobs.length === 0 && (
        <EmptyState
          icon={IconActivity}
          title={t('activity.empty')}
          text={t('activity.emptyText')}
          action={<Button onClick={() => goTo('home')}>{t('activity.emptyAction')}</Button>}
        />
      )}
      {running.length > 0 && (
        <Section title={t('activity.running')}>
          <div className="surface">
            {running.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </div>
        </Section>
      )}
      {jobs.length > running.length && (
        <Section
          title={t('activity.ended')}
          actions={
            <SegmentedControl
              size="xs"
              aria-label={t('activity.filter')}
              value={filter}
              onChange={setFilter}
              data={[
                { value: 'all', label: t('activity.filters.all') },
                { value: 'failed', label: t('activity.filters.failed') },
              ]}
            />
          }
        >
          <div className="surface">
            {ended.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
            {ended.length === 0 && (
              <p className="tone-quiet" style={{ padding: '4px 16px' }}>
                {t('activity.noFailed')}
              </p>
            )}
          </div>
        </Section>
      )}
    </Page>
  )
}
