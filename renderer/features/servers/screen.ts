import {
  IconCopy,
  IconFileText,
  IconHandStop,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlugConnected,
  IconPlus,
  IconRefresh,
  IconServer,
  IconStack2,
  IconVariable,
} from '@tabler/icons-react'
import { addressOf, startsAgain } from '../../../contract/index.ts'
import type { Server } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useServers } from '../../stores/servers.ts'
import { goTo, openDialog } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { copyText } from '../../ui/copy-text.ts'
import type { PaletteAction, Screen } from '../../ui/screen.ts'
import { tell } from '../../ui/tell.ts'
import { isLive } from './server-facts.ts'
import { openServer } from './server-panel.ts'
import { ServersView } from './servers-view.tsx'

export const serversScreen: Screen = {
  id: 'servers',
  title: () => t('servers.name'),
  icon: IconServer,
  key: 'v',
  view: ServersView,
  useActions,
}

function useActions(): readonly PaletteAction[] {
  const servers = useServers((state) => state.servers)
  return [
    {
      id: 'servers.new',
      label: t('servers.start'),
      icon: IconPlus,
      run: () => openDialog('servers', 'create-server'),
    },
    ...servers.flatMap(actionsOf),
  ]
}

/** What can be done with a server as it stands. A failure of what is begun here becomes a notification. */
function actionsOf(server: Server): readonly PaletteAction[] {
  const { name, state, endpoint } = server
  const isWaiting = startsAgain(server)
  const named = (action: string) => t('servers.actions.of', { action, name })
  const isRunning = state === 'running'
  return [
    ...(isLive(state)
      ? [
          {
            id: `servers.stop.${name}`,
            label: named(t('servers.actions.stop')),
            icon: IconPlayerStop,
            run: () => void tell(call('servers.stop', { name })),
          },
        ]
      : [
          {
            id: `servers.start.${name}`,
            label: named(isWaiting ? t('servers.actions.startNow') : t('servers.actions.start')),
            icon: IconPlayerPlay,
            run: () => void tell(call('servers.start', { name })),
          },
        ]),
    ...(isWaiting
      ? [
          {
            id: `servers.giveUp.${name}`,
            label: named(t('servers.actions.giveUp')),
            icon: IconPlayerStop,
            run: () => void tell(call('servers.stop', { name })),
          },
        ]
      : []),
    ...(isRunning
      ? [
          {
            id: `servers.restart.${name}`,
            label: named(t('servers.actions.restart')),
            icon: IconRefresh,
            run: () => void tell(call('servers.restart', { name })),
          },
          {
            id: `servers.connect.${name}`,
            label: t('servers.connect.title', { name }),
            icon: IconPlugConnected,
            run: () => openServer(name, 'connect'),
          },
          {
            id: `servers.sessions.${name}`,
            label: t('servers.actions.sessionsOf', { name }),
            icon: IconStack2,
            run: () => openServer(name, 'sessions'),
          },
          {
            id: `servers.interrupt.${name}`,
            label: named(t('servers.actions.interrupt')),
            icon: IconHandStop,
            run: () => void tell(call('servers.interrupt', { name })),
          },
        ]
      : []),
    ...(endpoint === null
      ? []
      : [
          {
            id: `servers.copy.${name}`,
            label: t('servers.actions.copyAddress', { name }),
            icon: IconCopy,
            run: () => void tell(copyText(addressOf(endpoint), t('servers.actions.copied', { name }))),
          },
        ]),
    {
      id: `servers.logs.${name}`,
      label: t('servers.actions.logsOf', { name }),
      icon: IconFileText,
      run: () => goTo('logs', name),
    },
    {
      id: `servers.variables.${name}`,
      label: t('servers.actions.variablesOf', { name }),
      icon: IconVariable,
      run: () => openServer(name, 'variables'),
    },
  ]
}
