import { Button, Text } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconPlus, IconServer } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { isDown } from '../../../contract/index.ts'
import type { Server } from '../../../contract/index.ts'
import { useEnvironments, userEnvironments } from '../../stores/environments.ts'
import { useServers } from '../../stores/servers.ts'
import { closeDialog, goTo, useUi } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Page } from '../../ui/page.tsx'
import type { ScreenProps } from '../../ui/screen.ts'
import { ServerDialog } from './server-dialog.tsx'
import { ServerDrawer } from './server-drawer.tsx'
import { isLive } from './server-facts.ts'
import { copyOf, emptyForm, usualEnvironment } from './server-form.ts'
import type { ServerForm } from './server-form.ts'
import { ServerList } from './server-list.tsx'
import './servers.css'

/** What the dialog is about: a saved server to change, or a new one and what it begins with. */
interface Asked {
  readonly edited?: string
  readonly initial: ServerForm
}

/** Every server; in the address, the name of one opens its drawer. */
export function ServersView({ item }: ScreenProps) {
  const servers = useServers((state) => state.servers)
  const [asked, setAsked] = useState<Asked>()
  const [isStopping, setStopping] = useState(false)
  const startAll = useJob('servers.startAll')
  const stopAll = useJob('servers.stopAll')
  const live = servers.filter((server) => isLive(server.state)).length
  // Those that are to start again are given up.
  const stoppable = servers.filter((server) => !isDown(server)).length
  // Other screens ask for a new one, too, perhaps on an environment of theirs.
  const isAskedFor = useUi((state) => state.dialog === 'create-server')
  const environment = useUi((state) => state.dialogAbout)
  const begin = (): Asked => ({
    initial: {
      ...emptyForm,
      environment: environment ?? usualEnvironment(userEnvironments(useEnvironments.getState().environments)),
    },
  })
  const dialog: Asked | undefined = asked ?? (isAskedFor ? begin() : undefined)
  const close = () => {
    setAsked(undefined)
    closeDialog()
  }
  const createNew = () => setAsked(begin())
  const edit = useCallback(({ name }: Server) => setAsked({ edited: name, initial: emptyForm }), [])
  const copy = useCallback(({ spec }: Server) => setAsked({ initial: copyOf(spec, useServers.getState().servers) }), [])
  return (
    <Page
      title={t('servers.name')}
      subtitle={t('servers.subtitle')}
      actions={
        servers.length > 0 && (
          <>
            <Button
              variant="default"
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              disabled={live === servers.length}
              loading={startAll.isRunning}
              onClick={() => void startAll.run({})}
            >
              {t('servers.startAll')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconPlayerStop size={16} aria-hidden />}
              disabled={stoppable === 0}
              loading={stopAll.isRunning}
              onClick={() => setStopping(true)}
            >
              {t('servers.stopAll')}
            </Button>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={createNew}>
              {t('servers.start')}
            </Button>
          </>
        )
      }
    >
      {startAll.error && <ErrorCard error={startAll.error} />}
      {stopAll.error && <ErrorCard error={stopAll.error} />}
      {servers.length === 0 ? (
        <EmptyState
          icon={IconServer}
          title={t('servers.empty')}
          text={t('servers.emptyText')}
          action={<Button onClick={createNew}>{t('servers.start')}</Button>}
        />
      ) : (
        <ServerList servers={servers} onEdit={edit} onCopy={copy} />
      )}
      {dialog && (
        <ServerDialog
          key={dialog.edited ?? dialog.initial.name}
          edited={dialog.edited}
          initial={dialog.initial}
          onClose={close}
        />
      )}
      <ServerDrawer server={servers.find((server) => server.name === item)} onClose={() => goTo('servers')} />
      <Confirm
        isOpen={isStopping}
        title={t('servers.stopAllTitle')}
        action={t('servers.stopAll')}
        isDangerous
        onClose={() => setStopping(false)}
        onConfirm={() => {
          setStopping(false)
          void stopAll.run({})
        }}
      >
        <Text size="sm">{t('servers.stopAllText', { count: stoppable })}</Text>
      </Confirm>
    </Page>
  )
}
