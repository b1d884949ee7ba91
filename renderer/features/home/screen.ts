import { IconHome, IconStethoscope } from '@tabler/icons-react'
import { runChecks } from '../../stores/host.ts'
import { goTo } from '../../stores/ui.ts'
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
  ],
}
