import { IconPlayerPlay, IconPlugConnected, IconServer } from '@tabler/icons-react'
import { useServers } from '../../stores/servers.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import type { PaletteAction, Screen } from '../../ui/screen.ts'
import { newServerItem, ServersView } from './servers-view.tsx'

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
      icon: IconPlayerPlay,
      run: () => goTo('servers', newServerItem),
    },
    ...servers
      .filter((server) => server.state === 'running')
      .map((server) => ({
        id: `servers.connect.${server.name}`,
        label: t('servers.connect.title', { name: server.name }),
        icon: IconPlugConnected,
        run: () => goTo('servers', server.name),
      })),
  ]
}
