import { IconPlayerPlay, IconTerminal2 } from '@tabler/icons-react'
import { runCode, usePlayground } from '../../stores/playground.ts'
import { useServers } from '../../stores/servers.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import type { PaletteAction, Screen } from '../../ui/screen.ts'
import { chosenServer } from './chosen-server.ts'
import { PlaygroundView } from './playground-view.tsx'

export const playgroundScreen: Screen = {
  id: 'playground',
  title: () => t('playground.name'),
  icon: IconTerminal2,
  key: 'p',
  view: PlaygroundView,
  useActions,
}

/** The last code again, from anywhere; the screen that shows its result opens. */
function useActions(): readonly PaletteAction[] {
  const wanted = usePlayground((state) => state.server)
  const isOffered = usePlayground((state) => !state.isRunning && state.code.trim() !== '')
  const server = useServers((state) => chosenServer(state.servers, wanted))
  if (!isOffered || server?.state !== 'running') return []
  return [
    {
      id: 'playground.again',
      label: t('playground.again', { server: server.name }),
      icon: IconPlayerPlay,
      run: () => {
        goTo('playground', server.name)
        void runCode(server.name, usePlayground.getState().code)
      },
    },
  ]
}
