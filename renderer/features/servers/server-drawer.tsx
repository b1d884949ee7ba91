import { Alert, Drawer, Stack } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import type { Server } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { ConnectFacts } from './connect-facts.tsx'
import { Snippets } from './snippets-panel.tsx'

export interface ConnectDrawerProps {
  /** Undefined: closed. */
  readonly server: Server | undefined
  readonly onClose: () => void
}

/** How a program reaches this very server: address, token, and code to paste. */
export function ConnectDrawer({ server, onClose }: ConnectDrawerProps) {
  return (
    <Drawer
      opened={server !== undefined}
      onClose={onClose}
      position="right"
      size={720}
      title={server && t('servers.connect.title', { name: server.name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {server && (
        <Stack gap="lg">
          {server.endpoint === null ? (
            <Alert icon={<IconPlugConnectedX aria-hidden />} color="gray" title={t('servers.connect.notRunning')}>
              {t('servers.connect.notRunningText')}
            </Alert>
          ) : (
            <>
              <ConnectFacts name={server.name} endpoint={server.endpoint} />
              <Snippets name={server.name} endpoint={server.endpoint} />
            </>
          )}
        </Stack>
      )}
    </Drawer>
  )
}
