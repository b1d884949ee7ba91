import { Button, Tabs } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { adminEnvironmentName } from '../../../contract/index.ts'
import type { Environment } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { useJobs } from '../../stores/jobs.ts'
import { hashOf, openDialog } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Page } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { AdminCard } from './admin-card.tsx'
import { changeUnderWay } from './busy.ts'
import { ChangeState } from './change-state.tsx'
import { CloneDialog } from './clone-dialog.tsx'
import { EnvironmentMenu } from './environment-menu.tsx'
import { FactsTab } from './facts-tab.tsx'
import { HistoryTab } from './history-tab.tsx'
import { listPlace } from './list-place.ts'
import { PackagesTab } from './packages-tab.tsx'
import { RequirementsTab } from './requirements-tab.tsx'
import { useChanges } from './use-changes.ts'
import { usePackages } from './use-packages.ts'

export interface EnvironmentDetailProps {
  readonly environment: Environment
  readonly onRemove: () => void
}

/** Head, what is under way, and the three parts: packages, requirements, facts. */
export function EnvironmentDetail({ environment, onRemove }: EnvironmentDetailProps) {
  const { name, kind, state, problem } = environment
  const changes = useChanges(name)
  const packages = usePackages(environment)
  const isBusy = useJobs((all) => changeUnderWay(all.jobs, name) !== undefined)
  const [isCloning, setCloning] = useState(false)
  const isOwn = kind === 'user'
  const isReady = state === 'ready'
  return (
    <Page
      title={isOwn ? name : t('environments.admin.title')}
      back={listPlace()}
      mark={
        isBusy ? (
          <StateMark tone="active" label={t('environments.busy')} />
        ) : (
          <StateMark
            tone={isReady ? 'ok' : 'problem'}
            label={isReady ? t('environments.ready') : t('environments.broken')}
          />
        )
      }
      subtitle={<Summary environment={environment} />}
      actions={
        isOwn && (
          <>
            <Button
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              disabled={!isReady}
              onClick={() => openDialog('servers', 'create-server', name)}
            >
              {t('environments.detail.startServer')}
            </Button>
            <EnvironmentMenu
              environment={environment}
              onClone={() => setCloning(true)}
              onRepair={() => void changes.repair()}
              onRemove={onRemove}
            />
          </>
        )
      }
    >
      {name === adminEnvironmentName && <AdminCard isOwnPage />}
      {isOwn && problem && !isBusy && (
        <ErrorCard
          error={problem}
          kind="past"
          actions={
            <Button size="compact-sm" onClick={() => void changes.repair()}>
              {t('environments.detail.repair')}
            </Button>
          }
        />
      )}
      {isOwn && <ChangeState name={name} changes={changes} />}
      <Tabs defaultValue="packages" keepMounted={false}>
        <Tabs.List aria-label={t('environments.detail.tabs', { name })} mb="md">
          <Tabs.Tab value="packages">
            {packages.answer
              ? t('environments.detail.packagesCount', { count: packages.answer.length })
              : t('environments.detail.packages')}
          </Tabs.Tab>
          <Tabs.Tab value="requirements">{t('environments.detail.requirements')}</Tabs.Tab>
          {isOwn && <Tabs.Tab value="history">{t('environments.detail.history')}</Tabs.Tab>}
          <Tabs.Tab value="facts">{t('environments.detail.facts')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="packages">
          <PackagesTab environment={environment} found={packages} changes={changes} isBusy={isBusy} />
        </Tabs.Panel>
        <Tabs.Panel value="requirements">
          <RequirementsTab environment={environment} changes={changes} isBusy={isBusy} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab environment={environment} packages={packages.answer} changes={changes} isBusy={isBusy} />
        </Tabs.Panel>
        <Tabs.Panel value="facts">
          <FactsTab environment={environment} />
        </Tabs.Panel>
      </Tabs>
      <CloneDialog environment={environment} isOpen={isCloning} onClose={() => setCloning(false)} />
    </Page>
  )
}

function Summary({ environment }: { readonly environment: Environment }) {
  const { python, sizeBytes, usedBy } = environment
  return (
    <>
      {t('environments.python', { version: python })} · {bytes(sizeBytes)}
      {usedBy.length > 0 && (
        <>
          {' · '}
          {t('environments.detail.usedBy')}{' '}
          {usedBy.map((server, index) => (
            <span key={server}>
              {index > 0 && ', '}
              <a className="link" href={hashOf({ screen: 'servers', item: server })}>
                {server}
              </a>
            </span>
          ))}
        </>
      )}
    </>
  )
}
