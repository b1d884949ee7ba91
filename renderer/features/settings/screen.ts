import { IconSettings } from '@tabler/icons-react'
import { t } from '../../text/index.ts'
import type { Screen } from '../../ui/screen.ts'
import { SettingsView } from './settings-view.tsx'

export const settingsScreen: Screen = {
  id: 'settings',
  title: () => t('settings.name'),
  icon: IconSettings,
  key: 's',
  view: SettingsView,
}
