import { Button, Stack, Text } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconServer } from '@tabler/icons-react'
import { useState } from 'react'
import type { ServerSpec } from '../../../contract/index.ts'
import { useServers } from '../../stores/servers.ts'
import { closeDialog, goTo, useUi } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Page } from '../../ui/page.tsx'
import type { ScreenProps } from '../../ui/screen.ts'
import { ConnectDrawer } from './connect-drawer.tsx'
import { ServerCard } from './server-card.tsx'
import { isLive } from './server-facts.ts'
import { StartDialog } from './start-dialog.tsx'

/** In the address, the name of a server opens its connect panel, and a star the dialog for a new one. */
export const newServerItem = '*'

/** What the dialog is about: a new server, or a saved one to change. */
type Dialog = { readonly saved: ServerSpec | undefined; readonly environment?: string | undefined }

export function ServersView({ item }: ScreenProps) {
  const servers = useServers((state) => state.servers)
  const [asked, setAsked] = useState<Dialog>()
  const [isStopping, setStopping] = useState(false)
  const stopAll = useJob('servers.stopAll')
  const live = servers.filter((server) => isLive(server.state)).length
  const isAskedFor = useUi((state) => state.dialog === 'create-server')
  const environment = useUi((state) => state.dialogAbout)
  const wanted: Dialog | undefined = isAskedFor ? { saved: undefined, environment } : undefined
  const dialog = asked ?? wanted ?? (item === newServerItem ? { saved: undefined } : undefined)
  const close = () => {
    setAsked(undefined)
    closeDialog()
    if (item === newServerItem) goTo('servers')
  }
  const startNew = () => setAsked({ saved: undefined })
  return (
    <Page
      title={t('servers.name')}
      subtitle={t('servers.subtitle')}
      actions={
        servers.length > 0 && (
          <>
            <Button
              variant="default"
              leftSection={<IconPlayerStop size={16} aria-hidden />}
              disabled={live === 0}
              loading={stopAll.isRunning}
              onClick={() => setStopping(true)}
            >
              {t('servers.stopAll')}
            </Button>
            <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={startNew}>
              {t('servers.start')}
            </Button>
          </>
        )
      }
    >
      {stopAll.error && <ErrorCard error={stopAll.error} />}
      {servers.length === 0 ? (
        <EmptyState
          icon={IconServer}
          title={t('servers.empty')}
          text={t('servers.emptyText')}
          action={<Button onClick={startNew}>{t('servers.start')}</Button>}
        />
      ) : (
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('servers.list')}>
          {servers.map((server) => (
            <ServerCard key={server.name} server={server} onChange={() => setAsked({ saved: server.spec })} />
          ))}
        </Stack>
      )}
      {dialog && (
        <StartDialog key={dialog.saved?.name} saved={dialog.saved} environment={dialog.environment} onClose={close} />
      )}
      <ConnectDrawer server={servers.find((server) => server.name === item)} onClose={() => goTo('servers')} />
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
        <Text size="sm">{t('servers.stopAllText', { count: live })}</Text>
      </Confirm>
    </Page>
  )
}
