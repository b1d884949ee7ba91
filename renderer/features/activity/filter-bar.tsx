import { Group, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { Job } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { countsOf, kinds, outcomes } from './filter.ts'
import type { Filter } from './filter.ts'

export interface FilterBarProps {
  readonly jobs: readonly Job[]
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
}

export function FilterBar({ jobs, filter, onChange }: FilterBarProps) {
  const counts = countsOf(jobs)
  return (
    <Group gap="sm" mb="sm">
      <TextInput
        aria-label={t('activity.search')}
        placeholder={t('activity.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
        style={{ flex: '1 1 140px', maxWidth: 240 }}
      />
      <SegmentedControl
        aria-label={t('activity.kind')}
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind })}
        data={kinds.map((value) => ({
          value,
          label: t('activity.kindCount', { name: t(`activity.kinds.${value}`), count: counts[value] }),
        }))}
      />
      <Select
        aria-label={t('activity.outcome')}
        value={filter.outcome}
        onChange={(value) => onChange({ ...filter, outcome: outcomes.find((one) => one === value) ?? 'all' })}
        allowDeselect={false}
        data={outcomes.map((value) => ({ value, label: t(`activity.outcomes.${value}`) }))}
        w={170}
      />
    </Group>
  )
}
