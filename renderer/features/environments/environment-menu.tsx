import { ActionIcon, Menu } from '@mantine/core'
import { IconCopyPlus, IconDots, IconFolderOpen, IconStethoscope, IconTrash } from '@tabler/icons-react'
import type { Environment } from '../../../contract/index.ts'
import { useReveal } from '../../stores/desktop.ts'
import { t } from '../../text/index.ts'
import { tell } from '../../ui/tell.ts'

export interface EnvironmentMenuProps {
  readonly environment: Environment
  readonly onClone: () => void
  readonly onRepair: () => void
  readonly onRemove: () => void
}

/** What is seldom wanted of an environment. */
export function EnvironmentMenu({ environment, onClone, onRepair, onRemove }: EnvironmentMenuProps) {
  const { name, root, state } = environment
  const reveal = useReveal()(root)
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('environments.detail.menu', { name })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopyPlus size={16} aria-hidden />} disabled={state !== 'ready'} onClick={onClone}>
          {t('environments.detail.clone')}
        </Menu.Item>
        <Menu.Item leftSection={<IconStethoscope size={16} aria-hidden />} onClick={onRepair}>
          {t('environments.detail.check')}
        </Menu.Item>
        {reveal && (
          <Menu.Item leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={() => void tell(reveal())}>
            {t('environments.detail.reveal')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} c="red" onClick={onRemove}>
          {t('environments.detail.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
