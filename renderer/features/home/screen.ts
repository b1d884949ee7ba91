import { IconFileZip, IconHome, IconStethoscope } from '@tabler/icons-react'
import { runChecks } from '../../stores/host.ts'
import { goTo, openDialog } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import type { Screen } from '../../ui/screen.ts'
import { HomeView } from './home-view.tsx'

export const homeScreen: Screen = {
  id: 'home',
  title: () => t('home.name'),
  icon: IconHome,
  key: 'h',
  view: HomeView,
  useActions: () => [
    {
      id: 'run-checks',
      label: t('home.check'),
      icon: IconStethoscope,
      run: () => {
        goTo('home')
        void runChecks()
      },
    },
    {
      id: 'save-diagnostics',
      label: t('home.diagnostics.open'),
      icon: IconFileZip,
      run: () => openDialog('home', 'diagnostics'),
    },
  ],
}
