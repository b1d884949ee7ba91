import { Button, Text, TextInput } from '@mantine/core'
import { IconPackages, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useEnvironments, userEnvironments } from '../../stores/environments.ts'
import { cancelJob, runningJobs, useJobs } from '../../stores/jobs.ts'
import { useRuntimes } from '../../stores/runtimes.ts'
import { closeDialog, goTo, openDialog, useUi } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { RunningCard } from '../../ui/running-card.tsx'
import type { ScreenProps } from '../../ui/screen.ts'
import { tell } from '../../ui/tell.ts'
import { AdminCard } from './admin-card.tsx'
import { CreateDialog } from './create-dialog.tsx'
import { EnvironmentDrawer } from './environment-drawer.tsx'
import { EnvironmentRow } from './environment-row.tsx'

/** From so many environments on a filter helps. */
const filterFrom = 8

export function EnvironmentsView({ item }: ScreenProps) {
  const all = useEnvironments((state) => state.environments)
  const hasPython = useRuntimes((state) => state.runtimes.some((runtime) => runtime.state === 'ready'))
  const isCreating = useUi((state) => state.dialog === 'create-environment')
  const jobs = useJobs((state) => state.jobs)
  const [text, setText] = useState('')
  const own = userEnvironments(all)
  const shown = own.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
  const making = runningJobs(jobs).filter((job) => job.command === 'environments.create')
  const create = () => openDialog('environments', 'create-environment')
  return (
    <Page
      title={t('environments.name')}
      subtitle={t('environments.subtitle')}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={create} disabled={!hasPython}>
          {t('environments.create')}
        </Button>
      }
    >
      {!isCreating &&
        making.map((job) => (
          <RunningCard key={job.id} title={job.subject} job={job} onCancel={() => void tell(cancelJob(job.id))} />
        ))}
      {own.length === 0 && (
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
      )}
      {own.length >= filterFrom && (
        <TextInput
          aria-label={t('environments.search')}
          placeholder={t('environments.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maw={320}
        />
      )}
      {own.length > 0 && (
        <div className="surface">
          {shown.map((environment) => (
            <EnvironmentRow key={environment.name} environment={environment} />
          ))}
          {shown.length === 0 && (
            <Text size="sm" c="dimmed" px="md" py="sm">
              {t('environments.noMatch', { text })}
            </Text>
          )}
        </div>
      )}
      <Section title={t('environments.admin.title')}>
        <AdminCard />
      </Section>
      <CreateDialog isOpen={isCreating} onClose={closeDialog} />
      <EnvironmentDrawer name={item} onClose={() => goTo('environments')} />
    </Page>
  )
}
