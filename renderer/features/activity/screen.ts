import { IconActivity } from '@tabler/icons-react'
import { t } from '../../text/index.ts'
import type { Screen } from '../../ui/screen.ts'
import { ActivityView } from './activity-view.tsx'

export const activityScreen: Screen = {
  id: 'activity',
  title: () => t('activity.name'),
  icon: IconActivity,
  key: 'a',
  view: ActivityView,
}
