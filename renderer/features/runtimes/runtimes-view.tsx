import { Button, Text } from '@mantine/core'
import { IconBrandPython, IconPlus, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { Runtime } from '../../../contract/index.ts'
import { byVersionDown } from '../../lib/format.ts'
import { cancelJob, runningJob, useJobs } from '../../stores/jobs.ts'
import { refreshRuntimes, useRuntimes } from '../../stores/runtimes.ts'
import { closeDialog, openDialog, useUi } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { RunningCard } from '../../ui/running-card.tsx'
import { tell } from '../../ui/tell.ts'
import { AddDialog } from './add-dialog.tsx'
import { CatalogList } from './catalog-list.tsx'
import { RuntimeRow } from './runtime-row.tsx'

/** The Pythons: those of this app, those that can be downloaded, those that were here before. */
export function RuntimesView() {
  const runtimes = useRuntimes((state) => state.runtimes)
  const installing = useJobs((state) => runningJob(state.jobs, 'runtimes.install'))
  const isAdding = useUi((state) => state.dialog === 'add-runtime')
  const install = useJob('runtimes.install')
  const [isLooking, setLooking] = useState(false)
  const managed = runtimes.filter((runtime) => runtime.source === 'managed').sort(byVersionDown)
  const found = runtimes.filter((runtime) => runtime.source !== 'managed').sort(usableFirst)
  const look = async () => {
    setLooking(true)
    await tell(refreshRuntimes())
    setLooking(false)
  }
  const add = () => openDialog('runtimes', 'add-runtime')
  return (
    <Page
      title={t('runtimes.name')}
      subtitle={t('runtimes.subtitle')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => void look()}
            loading={isLooking}
          >
            {t('runtimes.refresh')}
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            {t('runtimes.add')}
          </Button>
        </>
      }
    >
      {installing && !isAdding && (
        <RunningCard
          title={t('runtimes.installing')}
          job={installing}
          onCancel={() => void tell(cancelJob(installing.id))}
        />
      )}
      {install.error && <ErrorCard error={install.error} />}
      {runtimes.length === 0 && !installing && (
        <EmptyState
          icon={IconBrandPython}
          title={t('runtimes.empty')}
          text={t('runtimes.emptyText')}
          action={<Button onClick={add}>{t('runtimes.add')}</Button>}
        />
      )}
      <Section title={t('runtimes.managed')}>
        <div className="surface">
          {managed.map((runtime) => (
            <RuntimeRow key={runtime.id} runtime={runtime} />
          ))}
          {managed.length === 0 && <Nothing text={t('runtimes.noManaged')} />}
        </div>
      </Section>
      <CatalogList
        isBusy={installing !== undefined || install.isRunning}
        onInstall={(version) => void install.run({ version, makeDefault: managed.length === 0 })}
      />
      <Section title={t('runtimes.found')}>
        <div className="surface">
          {found.map((runtime) => (
            <RuntimeRow key={runtime.id} runtime={runtime} />
          ))}
          {found.length === 0 && <Nothing text={t('runtimes.noFound')} />}
        </div>
      </Section>
      <AddDialog isOpen={isAdding} onClose={closeDialog} />
    </Page>
  )
}

function usableFirst(a: Runtime, b: Runtime): number {
  return Number(a.state === 'broken') - Number(b.state === 'broken') || byVersionDown(a, b)
}

function Nothing({ text }: { readonly text: string }) {
  return (
    <Text size="sm" c="dimmed" px="md" py="sm">
      {text}
    </Text>
  )
}
