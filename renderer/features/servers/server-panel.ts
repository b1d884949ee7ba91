import { create } from 'zustand'
import { goTo } from '../../stores/ui.ts'

/** What the drawer of a server shows. */
export type ServerPanel = 'connect' | 'sessions' | 'variables'

export const useServerPanel = create<{ readonly panel: ServerPanel }>()(() => ({ panel: 'connect' }))

export function choosePanel(panel: ServerPanel): void {
  useServerPanel.setState({ panel })
}

export function openServer(name: string, panel: ServerPanel): void {
  choosePanel(panel)
  goTo('servers', name)
}
