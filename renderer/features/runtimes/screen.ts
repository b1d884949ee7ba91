import { IconBrandPython, IconPlus } from '@tabler/icons-react'
import { openDialog } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import type { Screen } from '../../ui/screen.ts'
import { RuntimesView } from './runtimes-view.tsx'

export const runtimesScreen: Screen = {
  id: 'runtimes',
  title: () => t('runtimes.name'),
  icon: IconBrandPython,
  key: 'r',
  view: RuntimesView,
  useActions: () => [
    { id: 'add-runtime', label: t('runtimes.add'), icon: IconPlus, run: () => openDialog('runtimes', 'add-runtime') },
  ],
}
