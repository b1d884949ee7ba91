import { IconFileText } from '@tabler/icons-react'
import { t } from '../../text/index.ts'
import type { Screen } from '../../ui/screen.ts'
import { LogsView } from './logs-view.tsx'

export const logsScreen: Screen = {
  id: 'logs',
  title: () => t('logs.name'),
  icon: IconFileText,
  key: 'l',
  view: LogsView,
}
