import { CloseButton, Group, SegmentedControl, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { Environment } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { t } from '../../text/index.ts'
import { healths, useListChoices } from './list-choices.ts'

export interface ListBarProps {
  readonly own: readonly Environment[]
  readonly shown: readonly Environment[]
}

/** What of the list is shown, and how much that is. */
export function ListBar({ own, shown }: ListBarProps) {
  const { text, health } = useListChoices()
  const size = bytes(shown.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))
  return (
    <Group gap="sm" mb="sm" wrap="nowrap">
      <TextInput
        aria-label={t('environments.search')}
        placeholder={t('environments.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          text !== '' && (
            <CloseButton
              size="sm"
              aria-label={t('shell.clear')}
              onClick={() => useListChoices.setState({ text: '' })}
            />
          )
        }
        value={text}
        onChange={(event) => useListChoices.setState({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') useListChoices.setState({ text: '' })
        }}
        w={280}
      />
      <SegmentedControl
        aria-label={t('environments.health.label')}
        value={health}
        onChange={(next) => useListChoices.setState({ health: next })}
        data={healths.map((value) => ({ value, label: t(`environments.health.${value}`) }))}
      />
      <Text size="sm" c="dimmed" ml="auto" aria-live="polite" className="ellipsis">
        {shown.length === own.length
          ? t('environments.total', { count: own.length, size })
          : t('environments.some', { count: shown.length, total: own.length, size })}
      </Text>
    </Group>
  )
}
