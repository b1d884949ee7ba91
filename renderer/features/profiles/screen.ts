import { IconListCheck } from '@tabler/icons-react'
import { t } from '../../text/index.ts'
import type { Screen } from '../../ui/screen.ts'
import { ProfilesView } from './profiles-view.tsx'

export const profilesScreen: Screen = {
  id: 'profiles',
  title: () => t('profiles.name'),
  icon: IconListCheck,
  key: 'f',
  view: ProfilesView,
}
