import { Button, Text } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { KeyboardEvent, MouseEvent } from 'react'
import { t } from '../../text/index.ts'
import type { LogLens } from './log-lens.ts'
import './log-list.css'
import type { Selection } from './log-selection.ts'
import { LogRow } from './log-row.tsx'

export interface LogListProps {
  readonly lens: LogLens
  readonly query: string
  /** Position of the match that is looked at. */
  readonly current: number | undefined
  readonly isMerged: boolean
  readonly isWrapped: boolean
  readonly isFollowing: boolean
  readonly onFollowing: (isFollowing: boolean) => void
  readonly selection: Selection | undefined
  readonly onSelection: (selection: Selection | undefined) => void
  readonly isFiltered: boolean
  readonly onUnfilter: () => void
}

/** Pixels, as in log-list.css. */
const rowHeight = 20
/** Pixels from the end that still count as the end: a zoomed page scrolls by fractions. */
const endSlack = 24

/** The lines; only those in view are in the page. Scrolling up pauses, reaching the end follows again. */
export function LogList(props: LogListProps) {
  const { lens, query, current, isMerged, isWrapped, isFollowing, onFollowing, selection, onSelection } = props
  const { lines, offset } = lens
  const box = useRef<HTMLDivElement>(null)
  const lastTop = useRef(0)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => index + offset,
    overscan: 12,
  })
  const measure = isWrapped ? virtual.measureElement : undefined

  useLayoutEffect(() => virtual.measure(), [virtual, isWrapped])
  useLayoutEffect(() => {
    if (isFollowing && lines.length > 0) virtual.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [virtual, isFollowing, isWrapped, lines.length, offset])
  useEffect(() => {
    if (current !== undefined) virtual.scrollToIndex(Math.max(0, current - offset), { align: 'center' })
  }, [virtual, current, offset])

  const scrolled = () => {
    const element = box.current
    if (!element) return
    const isUp = element.scrollTop < lastTop.current - 1
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < endSlack
    lastTop.current = element.scrollTop
    if (isFollowing && isUp && !isAtEnd) onFollowing(false)
  }
  const anchor = useRef<number>(undefined)
  const selectTo = (position: number) => {
    anchor.current ??= position
    // What is selected must not move away under the pointer.
    onFollowing(false)
    onSelection({ from: Math.min(anchor.current, position), to: Math.max(anchor.current, position) })
  }
  const clicked = (event: MouseEvent<HTMLDivElement>) => {
    const time = event.target instanceof Element ? event.target.closest('[data-time]') : null
    const position = Number(time?.closest('[data-position]')?.getAttribute('data-position') ?? 'x')
    if (Number.isNaN(position)) return
    if (event.shiftKey && selection) return selectTo(position)
    anchor.current = undefined
    if (selection?.from === position && selection.to === position) onSelection(undefined)
    else selectTo(position)
  }
  const pressed = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape' && selection) return onSelection(undefined)
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0 || !event.shiftKey || lines.length === 0) return
    event.preventDefault()
    if (!selection) anchor.current = undefined
    const end = anchor.current === selection?.from ? selection?.to : selection?.from
    const first = current ?? (virtual.range?.endIndex ?? lines.length - 1) + offset
    const position = Math.min(Math.max(end === undefined ? first : end + by, offset), offset + lines.length - 1)
    selectTo(position)
    virtual.scrollToIndex(position - offset)
  }
  return (
    // Keys scroll it once it has the focus, and with Shift they select lines.
    <div
      ref={box}
      className="surface log-list"
      data-wrapped={isWrapped}
      role="region"
      aria-label={t('logs.lines')}
      tabIndex={0}
      onScroll={scrolled}
      onClick={clicked}
      onKeyDown={pressed}
    >
      {lines.length === 0 && (
        <div className="log-nothing">
          <Text c="dimmed" size="sm">
            {props.isFiltered ? t('logs.nothingMatches') : t('logs.nothing')}
          </Text>
          {props.isFiltered && (
            <Button size="compact-sm" variant="default" onClick={props.onUnfilter}>
              {t('logs.clearFilters')}
            </Button>
          )}
        </div>
      )}
      <div className="log-space" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index]
          const position = index + offset
          return (
            line && (
              <LogRow
                key={key}
                line={line}
                index={index}
                position={position}
                top={start}
                query={query}
                isCurrent={position === current}
                isSelected={selection !== undefined && position >= selection.from && position <= selection.to}
                isMerged={isMerged}
                measure={measure}
              />
            )
          )
        })}
      </div>
    </div>
  )
}
