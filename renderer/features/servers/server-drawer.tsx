import { Drawer, Stack, Tabs } from '@mantine/core'
import { IconPlugConnected, IconStack2, IconVariable } from '@tabler/icons-react'
import { startsAgain } from '../../../contract/index.ts'
import type { Server } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { ConnectFacts } from './connect-facts.tsx'
import { NotRunning } from './not-running.tsx'
import { choosePanel, useServerPanel } from './server-panel.ts'
import type { ServerPanel } from './server-panel.ts'
import { SessionsPanel } from './sessions-panel.tsx'
import { Snippets } from './snippets-panel.tsx'
import { VariablesPanel } from './variables-panel.tsx'

export interface ServerDrawerProps {
  /** Undefined: closed. */
  readonly server: Server | undefined
  readonly onClose: () => void
}

/** More about one server: how a program reaches it, what goes on inside of it, and which variables its code has. */
export function ServerDrawer({ server, onClose }: ServerDrawerProps) {
  const panel = useServerPanel((state) => state.panel)
  return (
    <Drawer
      opened={server !== undefined}
      onClose={onClose}
      position="right"
      size={720}
      title={server?.name}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {server && (
        <Tabs
          value={panel}
          onChange={(value) => choosePanel((value as ServerPanel | null) ?? 'connect')}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="connect" leftSection={<IconPlugConnected size={15} aria-hidden />}>
              {t('servers.panels.connect')}
            </Tabs.Tab>
            <Tabs.Tab value="sessions" leftSection={<IconStack2 size={15} aria-hidden />}>
              {t('servers.panels.sessions')}
            </Tabs.Tab>
            <Tabs.Tab value="variables" leftSection={<IconVariable size={15} aria-hidden />}>
              {t('servers.panels.variables')}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="connect">
            <Connect server={server} />
          </Tabs.Panel>
          <Tabs.Panel value="sessions">
            <SessionsPanel server={server} />
          </Tabs.Panel>
          <Tabs.Panel value="variables">
            <VariablesPanel key={server.name} server={server} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Drawer>
  )
}

/** Address, token, and code to paste. */
function Connect({ server }: { readonly server: Server }) {
  const { name, endpoint } = server
  if (endpoint === null) {
    const text = startsAgain(server) ? 'servers.comeback.connectText' : 'servers.connect.notRunningText'
    return <NotRunning server={server}>{t(text)}</NotRunning>
  }
  return (
    <Stack gap="lg">
      <ConnectFacts name={name} endpoint={endpoint} />
      <Snippets name={name} endpoint={endpoint} />
    </Stack>
  )
}
