import { Box, Text } from '@mantine/core'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useLogs } from '../../stores/logs.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { LogBar } from './log-bar.tsx'
import { LogFilters } from './log-filters.tsx'
import type { LogFilter } from './log-lens.ts'
import { LogList } from './log-list.tsx'
import { nextHit } from './log-search.ts'
import type { Selection } from './log-selection.ts'
import { useLogKeys } from './use-log-keys.ts'
import { useLogLens } from './use-log-lens.ts'

export interface LogPaneProps {
  /** Undefined: all of them, by time. */
  readonly chosen: string | undefined
  readonly names: readonly string[]
}

/** Filters, lines and what can be done with them. */
export function LogPane({ chosen, names }: LogPaneProps) {
  const [filter, setFilter] = useState<LogFilter>({})
  const [query, setQuery] = useState('')
  const [isFollowing, setFollowing] = useState(true)
  const [isWrapped, setWrapped] = useState(false)
  const [current, setCurrent] = useState<number>()
  const [selection, setSelection] = useState<Selection>()
  const wanted = useDeferredValue(query)
  const shown = useMemo(() => (chosen === undefined ? names : [chosen]), [chosen, names])
  const { lens, search, waiting } = useLogLens(shown, filter, wanted, !isFollowing)
  const errors = useLogs((state) => state.errors)
  const field = useRef<HTMLInputElement>(null)
  const isMerged = chosen === undefined

  // Another filter, another list: positions of the old one mean nothing in it.
  useEffect(() => {
    setCurrent(undefined)
    setSelection(undefined)
  }, [lens])
  // Enter may be quicker than the search for what was typed before it.
  const asked = useRef<1 | -1>(undefined)
  useEffect(() => {
    setCurrent(asked.current === undefined ? undefined : nextHit(search.hits, undefined, asked.current))
    asked.current = undefined
    // Another query, and not more lines for the same one.
  }, [wanted])

  const step = useCallback(
    (by: 1 | -1) => {
      if (query !== wanted) {
        asked.current = by
        setFollowing(false)
        return
      }
      const next = nextHit(search.hits, current, by)
      if (next === undefined) return
      setFollowing(false)
      setCurrent(next)
    },
    [search, current, query, wanted],
  )
  const toggleFollow = () => setFollowing(!isFollowing)
  const toggleWrap = () => setWrapped(!isWrapped)
  useLogKeys({ field, onStep: step, onFollow: toggleFollow, onWrap: toggleWrap })

  const failed = shown.find((name) => errors[name] !== undefined)
  const failure = errors[failed ?? '']
  return (
    <>
      <LogFilters
        chosen={chosen}
        names={names}
        filter={filter}
        onFilter={setFilter}
        query={query}
        onQuery={setQuery}
        onStep={step}
        hits={search.hits.length}
        at={current === undefined ? 0 : search.hits.indexOf(current) + 1}
        field={field}
      />
      {failure && failed !== undefined && (
        <Box my="xs">
          <ErrorCard error={failure} title={t('logs.problem', { name: failed })} />
        </Box>
      )}
      <LogList
        lens={lens}
        query={wanted}
        current={current}
        isMerged={isMerged}
        isWrapped={isWrapped}
        isFollowing={isFollowing}
        onFollowing={setFollowing}
        selection={selection}
        onSelection={setSelection}
        isFiltered={filter.source !== undefined || filter.stream !== undefined || filter.level !== undefined}
        onUnfilter={() => setFilter({})}
      />
      <LogBar
        lens={lens}
        chosen={chosen}
        selection={selection}
        waiting={waiting}
        isFollowing={isFollowing}
        onFollow={toggleFollow}
        isWrapped={isWrapped}
        onWrap={toggleWrap}
      />
      <Text size="xs" c="dimmed" mt={6} visibleFrom="sm">
        {t('logs.keys')}
      </Text>
    </>
  )
}
