import { memo } from 'react'
import { t } from '../../text/index.ts'
import type { ShownLine } from './log-lens.ts'
import { parts } from './log-search.ts'
import { clock, rowText } from './log-text.ts'

export interface LogRowProps {
  readonly line: ShownLine
  readonly index: number
  readonly position: number
  /** Pixels from the top of the list. */
  readonly top: number
  readonly query: string
  readonly isCurrent: boolean
  readonly isSelected: boolean
  readonly isMerged: boolean
  /** Present where rows differ in height. */
  readonly measure: ((row: HTMLDivElement | null) => void) | undefined
}

/** Characters of one line on screen: a megabyte in one row would stop the window. */
const maxChars = 4000

export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { line, index, position, top, query, isCurrent, isSelected, isMerged, measure } = props
  const text = rowText(line)
  const cut = text.length > maxChars ? text.slice(0, maxChars) : text
  return (
    <div
      ref={measure}
      className="log-row"
      data-index={index}
      data-position={position}
      data-stream={line.stream}
      data-level={line.level}
      data-current={isCurrent || undefined}
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <time dateTime={line.at} data-time title={line.at} className="log-time">
        {clock(line.at)}
      </time>
      {isMerged && (
        <span className="log-server ellipsis" title={line.server}>
          {line.server}
        </span>
      )}
      <span className="log-source">{`${line.source}/${line.stream}`}</span>
      <span className="log-text">
        {parts(cut, query).map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : part))}
        {cut !== text && <em> {t('logs.cut', { count: text.length - maxChars })}</em>}
      </span>
    </div>
  )
})
