import { Button, Text } from '@mantine/core'
import { IconActivity } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { runningJobs, useJobs } from '../../stores/jobs.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page, Section } from '../../ui/page.tsx'
import type { ScreenProps } from '../../ui/screen.ts'
import { endedFitting, filterShowing, noFilter } from './filter.ts'
import type { Filter } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'
import { JobRow } from './job-row.tsx'

/** Rows at first, and with each wish for more. */
const pageSize = 50

/** In the address, the id of a job opens its details. */
export function ActivityView({ item }: ScreenProps) {
  const jobs = useJobs((state) => state.jobs)
  const [filter, setFilter] = useState<Filter>(noFilter)
  const [limit, setLimit] = useState(pageSize)
  const running = runningJobs(jobs)
  const ended = useMemo(() => endedFitting(jobs, filter), [jobs, filter])
  const wanted = item === undefined ? undefined : jobs.find((job) => job.id === item)
  const isEnded = wanted !== undefined && wanted.state !== 'running'
  const at = ended.findIndex((job) => job.id === item)
  // What the address names has to show, whatever was filtered before; once for each, so that the filter can be changed then.
  useEffect(() => {
    if (!isEnded) return
    setFilter((before) => filterShowing(before, wanted))
  }, [item, isEnded])
  const shown = ended.slice(0, Math.max(limit, at + 1))
  const hidden = ended.length - shown.length
  return (
    <Page title={t('activity.name')} subtitle={t('activity.subtitle')}>
      {item !== undefined && !wanted && (
        <Text size="sm" c="dimmed">
          {t('activity.gone')}
        </Text>
      )}
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
          <ul className="surface rows">
            {running.map((job) => (
              <JobRow key={job.id} job={job} isOpen={job.id === item} />
            ))}
          </ul>
        </Section>
      )}
      {jobs.length > running.length && (
        <Section title={t('activity.ended')}>
          <FilterBar
            jobs={jobs}
            filter={filter}
            onChange={(next) => {
              setFilter(next)
              setLimit(pageSize)
            }}
          />
          {shown.length === 0 ? (
            <EmptyState
              icon={IconActivity}
              title={t('activity.noMatch')}
              action={
                <Button variant="default" onClick={() => setFilter({ ...noFilter, kind: 'all' })}>
                  {t('activity.showAll')}
                </Button>
              }
            />
          ) : (
            <ul className="surface rows">
              {shown.map((job) => (
                <JobRow key={job.id} job={job} isOpen={job.id === item} />
              ))}
            </ul>
          )}
          {hidden > 0 && (
            <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => setLimit(shown.length + pageSize)}>
              {t('activity.more', { count: Math.min(hidden, pageSize) })}
            </Button>
          )}
        </Section>
      )}
    </Page>
  )
}
