import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { IconCopyPlus, IconDots, IconDownload, IconEye, IconPackages, IconPencil, IconTrash } from '@tabler/icons-react'
import type { Profile } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'

export interface ProfileRowProps {
  readonly profile: Profile
  /** Absent: no environment begins with it. */
  readonly onMake: (() => void) | undefined
  readonly onLook: () => void
  readonly onCopy: () => void
  readonly onEdit: () => void
  readonly onExport: () => void
  readonly onRemove: () => void
}

/** One profile: what it is for, what is in it, what can be done with it. */
export function ProfileRow({ profile, onMake, onLook, onCopy, onEdit, onExport, onRemove }: ProfileRowProps) {
  const { title, id, summary, packages, optional, problem, isBuiltIn, spec } = profile
  const dimmed = [
    packages.length === 0 ? t('profiles.withoutPackages') : packages.map(bareName).join(', '),
    optional.length > 0 && t('profiles.optional', { list: optional.map(bareName).join(', ') }),
    spec.aliases.length > 0 && t('profiles.alsoFor', { list: spec.aliases.join(', ') }),
  ]
  return (
    <Group
      className="row"
      component="article"
      aria-label={title}
      justify="space-between"
      wrap="nowrap"
      px="md"
      py="sm"
      gap="md"
    >
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <Text size="xs" c="dimmed">
            {id}
          </Text>
        </Group>
        {summary !== '' && <Text size="sm">{summary}</Text>}
        {problem ? (
          <Text size="xs" className="tone-problem break">
            {t('profiles.isBroken', { why: problem.message })}
          </Text>
        ) : (
          <Text size="xs" c="dimmed" lineClamp={2} title={packages.join(', ')}>
            {dimmed.filter(Boolean).join(' · ')}
          </Text>
        )}
      </div>
      <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={isBuiltIn ? <IconCopyPlus size={14} aria-hidden /> : <IconPencil size={14} aria-hidden />}
          aria-label={isBuiltIn ? t('profiles.duplicate', { title }) : t('profiles.edit', { title })}
          onClick={isBuiltIn ? onCopy : onEdit}
        >
          {isBuiltIn ? t('profiles.duplicateShort') : t('profiles.editShort')}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('profiles.menu', { title })}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {onMake && (
              <Menu.Item leftSection={<IconPackages size={16} aria-hidden />} onClick={onMake}>
                {t('profiles.make', { title })}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconEye size={16} aria-hidden />} onClick={onLook}>
              {t('profiles.preview', { title })}
            </Menu.Item>
            {!isBuiltIn && (
              <Menu.Item leftSection={<IconCopyPlus size={16} aria-hidden />} onClick={onCopy}>
                {t('profiles.duplicate', { title })}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={onExport}>
              {t('profiles.export', { title })}
            </Menu.Item>
            {!isBuiltIn && (
              <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={onRemove}>
                {t('profiles.remove', { title })}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Group>
  )
}

function bareName(requirement: string): string {
  return /^[A-Za-z0-9._-]+/u.exec(requirement)?.[0] ?? requirement
}
