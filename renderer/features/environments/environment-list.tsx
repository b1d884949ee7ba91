import { Button, Group } from '@mantine/core'
import { IconPackages, IconPlus } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useEnvironments, userEnvironments } from '../../stores/environments.ts'
import { cancelJob, runningJobs, useJobs } from '../../stores/jobs.ts'
import { useRuntimes } from '../../stores/runtimes.ts'
import { closeDialog, goTo, openDialog, useUi } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { jobLabel } from '../../ui/job-title.ts'
import { Page, Section } from '../../ui/page.tsx'
import { RunningCard } from '../../ui/running-card.tsx'
import { tell } from '../../ui/tell.ts'
import { AdminCard } from './admin-card.tsx'
import { busySubjects, subjectOf } from './busy.ts'
import { CreateDialog } from './create-dialog.tsx'
import { EnsureDialog } from './ensure-dialog.tsx'
import { EnvironmentTable } from './environment-table.tsx'
import { ListBar } from './list-bar.tsx'
import { arranged, useListChoices } from './list-choices.ts'
import { TrashList } from './trash-list.tsx'
import { useListReturn } from './use-list-return.ts'

/** Jobs whose environment is not in the list yet. */
const making: ReadonlySet<string> = new Set([
  'environments.create',
  'environments.ensure',
  'environments.clone',
  'environments.restore',
])

/** From so many environments on a filter helps. */
const filterFrom = 4

export function EnvironmentList() {
  const all = useEnvironments((state) => state.environments)
  const hasPython = useRuntimes((state) => state.runtimes.some((runtime) => runtime.state === 'ready'))
  const [isEnsuring, setEnsuring] = useState(false)
  const isCreating = useUi((state) => state.dialog === 'create-environment')
  const about = useUi((state) => state.dialogAbout)
  const subjects = useJobs((state) => busySubjects(state.jobs))
  const choices = useListChoices()
  // The field shows each letter at once, the list when there is time.
  const settled = useDeferredValue(choices)
  const own = useMemo(() => userEnvironments(all), [all])
  const shown = useMemo(() => arranged(own, settled), [own, settled])
  const busy = useMemo(() => {
    const known = new Set(subjects.split('\n'))
    return new Set(own.map(({ name }) => name).filter((name) => known.has(subjectOf(name))))
  }, [own, subjects])
  const create = () => openDialog('environments', 'create-environment')
  useListReturn()
  return (
    <Page
      title={t('environments.name')}
      subtitle={t('environments.subtitle')}
      actions={
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" onClick={() => setEnsuring(true)} disabled={!hasPython}>
            {t('environments.provider.open')}
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={create} disabled={!hasPython}>
            {t('environments.create')}
          </Button>
        </Group>
      }
    >
      {!isCreating && !isEnsuring && <Making />}
      {own.length === 0 ? (
        <EmptyState
          icon={IconPackages}
          title={t('environments.empty')}
          text={hasPython ? t('environments.emptyText') : t('environments.noPython')}
          action={
            hasPython ? (
              <Button onClick={create}>{t('environments.create')}</Button>
            ) : (
              <Button onClick={() => goTo('runtimes')}>{t('environments.getPython')}</Button>
            )
          }
        />
      ) : (
        <div>
          {own.length >= filterFrom && <ListBar own={own} shown={shown} />}
          {shown.length === 0 ? (
            <EmptyState
              icon={IconPackages}
              title={t('environments.noMatch')}
              action={
                <Button variant="default" onClick={() => useListChoices.setState({ text: '', health: 'all' })}>
                  {t('environments.showAll')}
                </Button>
              }
            />
          ) : (
            <div className="surface">
              <EnvironmentTable environments={shown} busy={busy} />
            </div>
          )}
        </div>
      )}
      <Section title={t('environments.admin.title')}>
        <AdminCard />
      </Section>
      <TrashList />
      <CreateDialog isOpen={isCreating} profile={about} onClose={closeDialog} />
      <EnsureDialog isOpen={isEnsuring} onClose={() => setEnsuring(false)} />
    </Page>
  )
}

/** What is being made, with its progress. */
function Making() {
  const jobs = runningJobs(useJobs((state) => state.jobs)).filter((job) => making.has(job.command))
  return jobs.map((job) => (
    <RunningCard key={job.id} title={jobLabel(job)} job={job} onCancel={() => void tell(cancelJob(job.id))} />
  ))
}
