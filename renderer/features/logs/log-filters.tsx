import { ActionIcon, Group, Select, Text, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react'
import { memo } from 'react'
import type { RefObject } from 'react'
import { logLineSchema } from '../../../contract/index.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import type { LogFilter } from './log-lens.ts'

export interface LogFiltersProps {
  readonly chosen: string | undefined
  readonly names: readonly string[]
  readonly filter: LogFilter
  readonly onFilter: (filter: LogFilter) => void
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly onStep: (by: 1 | -1) => void
  /** Matches, and which of them is looked at; 0: none yet. */
  readonly hits: number
  readonly at: number
  readonly field: RefObject<HTMLInputElement | null>
}

/** With debug all lines are shown, as they are without a choice. */
const leastLevels = ['error', 'warning', 'info'] as const
/** No server can have this name: it starts with a dash. */
const all = '-'
const { source: sourceSchema, stream: streamSchema } = logLineSchema.shape

/** Which log, which lines of it, and a search through them. Drawn anew when one of these changes, and not with each batch of lines. */
export const LogFilters = memo(function LogFilters(props: LogFiltersProps) {
  const { chosen, names, filter, onFilter, query, onQuery, onStep, hits, at, field } = props
  const count =
    query === '' ? '' : hits === 0 ? t('logs.noMatches') : t('logs.matches', { at: at.toLocaleString(), count: hits })
  return (
    <Group gap="xs" mb="xs">
      <Select
        aria-label={t('logs.server')}
        size="sm"
        w={180}
        data={[{ value: all, label: t('logs.all') }, ...names.map((name) => ({ value: name, label: name }))]}
        value={chosen ?? all}
        onChange={(name) => goTo('logs', name === all || name === null ? undefined : name)}
        allowDeselect={false}
        searchable={names.length > 8}
      />
      <Select
        aria-label={t('logs.level')}
        placeholder={t('logs.level')}
        size="sm"
        w={150}
        clearable
        data={leastLevels.map((value) => ({ value, label: t(`logs.levels.${value}`) }))}
        value={filter.level ?? null}
        onChange={(value) => onFilter({ ...filter, level: leastLevels.find((one) => one === value) })}
      />
      <Select
        aria-label={t('logs.source')}
        placeholder={t('logs.source')}
        size="sm"
        w={130}
        clearable
        data={sourceSchema.options.map((value) => ({ value, label: t(`logs.sources.${value}`) }))}
        value={filter.source ?? null}
        onChange={(value) => onFilter({ ...filter, source: sourceSchema.safeParse(value).data })}
      />
      <Select
        aria-label={t('logs.stream')}
        placeholder={t('logs.stream')}
        size="sm"
        w={120}
        clearable
        data={streamSchema.options.map((value) => ({ value, label: t(`logs.streams.${value}`) }))}
        value={filter.stream ?? null}
        onChange={(value) => onFilter({ ...filter, stream: streamSchema.safeParse(value).data })}
      />
      <Group gap="xs" wrap="nowrap" flex={1} miw={330}>
        <TextInput
          ref={field}
          aria-label={t('logs.searchLabel')}
          placeholder={t('logs.search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          size="sm"
          flex={1}
          miw={160}
          value={query}
          spellCheck={false}
          onChange={(event) => onQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
            else if (event.key === 'Escape') onQuery('')
          }}
        />
        <Text
          size="sm"
          c="dimmed"
          aria-live="polite"
          miw={query === '' ? 0 : 92}
          ta="right"
          style={{ whiteSpace: 'nowrap' }}
        >
          {count}
        </Text>
        <ActionIcon.Group>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('logs.previous')}
            title={t('logs.previous')}
            disabled={hits === 0}
            onClick={() => onStep(-1)}
          >
            <IconChevronUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('logs.next')}
            title={t('logs.next')}
            disabled={hits === 0}
            onClick={() => onStep(1)}
          >
            <IconChevronDown size={16} aria-hidden />
          </ActionIcon>
        </ActionIcon.Group>
      </Group>
    </Group>
  )
})
