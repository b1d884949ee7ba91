import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { memo } from 'react'
import type { CSSProperties } from 'react'
import type { Environment } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { hashOf } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { columns, sortBy, useListChoices } from './list-choices.ts'
import type { Column } from './list-choices.ts'

const widths = 'minmax(0, 34fr) minmax(0, 16fr) minmax(0, 13fr) minmax(0, 14fr) minmax(0, 23fr)'

export interface EnvironmentTableProps {
  readonly environments: readonly Environment[]
  /** Names of those that a job works on. */
  readonly busy: ReadonlySet<string>
}

/** Hundreds of rows are shown at once, so that the browser's own search finds each: plain elements, drawn anew only where something changed. */
export const EnvironmentTable = memo(function EnvironmentTable({ environments, busy }: EnvironmentTableProps) {
  return (
    // Roles in words: a table that is drawn as grids is none any more for some screen readers.
    <table
      className="table long"
      role="table"
      aria-label={t('environments.name')}
      style={{ '--columns': widths } as CSSProperties}
    >
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <Heading key={column} column={column} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {environments.map((environment) => (
          <Row key={environment.name} environment={environment} isBusy={busy.has(environment.name)} />
        ))}
      </tbody>
    </table>
  )
})

function Heading({ column }: { readonly column: Column }) {
  const isSorted = useListChoices((state) => state.sort === column)
  const isDown = useListChoices((state) => state.isDown)
  const Arrow = isDown ? IconArrowDown : IconArrowUp
  return (
    <th
      scope="col"
      role="columnheader"
      className={column === 'size' ? 'number' : undefined}
      aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className="sort" onClick={() => sortBy(column)}>
        {t(`environments.columns.${column}`)}
        {isSorted && <Arrow size={13} aria-hidden />}
      </button>
    </th>
  )
}

interface RowProps {
  readonly environment: Environment
  readonly isBusy: boolean
}

const Row = memo(function Row({ environment, isBusy }: RowProps) {
  const { name, python, sizeBytes, state, usedBy, requirements, problem } = environment
  const asked = requirements.join(', ')
  return (
    <tr className="row-linked" role="row">
      <td role="cell">
        <a className="row-link ellipsis" style={{ display: 'block' }} href={placeOf('environments', name)}>
          {name}
        </a>
        {problem ? (
          <div className="small ellipsis tone-problem" title={problem.message}>
            {problem.message}
          </div>
        ) : (
          asked !== '' && (
            <div className="small ellipsis" title={asked}>
              {asked}
            </div>
          )
        )}
      </td>
      <td role="cell">
        {isBusy ? (
          <StateMark tone="active" label={t('environments.busy')} />
        ) : (
          <StateMark
            tone={state === 'ready' ? 'ok' : 'problem'}
            label={state === 'ready' ? t('environments.ready') : t('environments.broken')}
          />
        )}
      </td>
      <td role="cell">{python}</td>
      <td role="cell" className="number">
        {bytes(sizeBytes)}
      </td>
      <td role="cell">
        {usedBy.length === 0 ? (
          <span className="small">{t('environments.notUsed')}</span>
        ) : (
          <div className="ellipsis" title={usedBy.join(', ')}>
            {usedBy.map((server, index) => (
              <span key={server}>
                {index > 0 && ', '}
                <a className="link" href={placeOf('servers', server)}>
                  {server}
                </a>
              </span>
            ))}
          </div>
        )}
      </td>
    </tr>
  )
})

function placeOf(screen: string, item: string): string {
  return hashOf({ screen, item })
}
