import { IconFolders, IconInfoCircle, IconNetwork, IconSettings } from '@tabler/icons-react'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import type { Screen } from '../../ui/screen.ts'
import { SettingsView } from './settings-view.tsx'

export const settingsScreen: Screen = {
  id: 'settings',
  title: () => t('settings.name'),
  icon: IconSettings,
  key: 's',
  view: SettingsView,
  useActions: () => [
    {
      id: 'settings-network',
      label: t('settings.proxy.title'),
      icon: IconNetwork,
      run: () => goTo('settings', 'network'),
    },
    {
      id: 'settings-places',
      label: t('settings.places.title'),
      icon: IconFolders,
      run: () => goTo('settings', 'places'),
    },
    {
      id: 'settings-about',
      label: t('settings.about.title'),
      icon: IconInfoCircle,
      run: () => goTo('settings', 'about'),
    },
  ],
}
