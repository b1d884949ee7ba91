import { IconPackages, IconPlus } from '@tabler/icons-react'
import { useEnvironments } from '../../stores/environments.ts'
import { goTo, openDialog } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import type { Screen } from '../../ui/screen.ts'
import { EnvironmentsView } from './environments-view.tsx'

export const environmentsScreen: Screen = {
  id: 'environments',
  title: () => t('environments.name'),
  icon: IconPackages,
  key: 'e',
  view: EnvironmentsView,
  useActions: () => [
    {
      id: 'create-environment',
      label: t('environments.create'),
      icon: IconPlus,
      run: () => openDialog('environments', 'create-environment'),
    },
    ...useEnvironments((state) => state.environments).map(({ name }) => ({
      id: `environment-${name}`,
      label: t('environments.detail.label', { name }),
      icon: IconPackages,
      run: () => goTo('environments', name),
    })),
  ],
}
