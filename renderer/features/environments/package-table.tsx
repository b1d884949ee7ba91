import { memo } from 'react'
import type { CSSProperties } from 'react'
import { t } from '../../text/index.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import type { PackageRow } from './package-rows.ts'

export interface PackageTableProps {
  readonly label: string
  readonly rows: readonly PackageRow[]
  /** Updates have been asked about: what has none is the newest. */
  readonly isChecked: boolean
  /** Absent: the packages are not the user's to change. */
  readonly actions?: PackageActions | undefined
}

export interface PackageActions {
  readonly isBarred: boolean
  readonly onUpgrade: (row: PackageRow) => void
  readonly onRemove: (row: PackageRow) => void
}

/** Hundreds of rows, as plain elements. */
export const PackageTable = memo(function PackageTable({ label, rows, isChecked, actions }: PackageTableProps) {
  return (
    <table
      className="table long"
      role="table"
      aria-label={label}
      style={{ '--columns': columnsOf(isChecked, actions !== undefined) } as CSSProperties}
    >
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {t('environments.packages.name')}
          </th>
          <th scope="col" role="columnheader">
            {t('environments.packages.version')}
          </th>
          {isChecked && (
            <th scope="col" role="columnheader">
              {t('environments.packages.status')}
            </th>
          )}
          {actions && (
            <th scope="col" role="columnheader">
              <span className="visually-hidden">{t('environments.packages.actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row key={row.name} row={row} isChecked={isChecked} actions={actions} />
        ))}
      </tbody>
    </table>
  )
})

function columnsOf(isChecked: boolean, hasActions: boolean): string {
  return ['minmax(0, 2fr)', 'minmax(0, 1fr)', isChecked && 'minmax(0, 1.2fr)', hasActions && '212px']
    .filter((width) => width !== false)
    .join(' ')
}

interface RowProps {
  readonly row: PackageRow
  readonly isChecked: boolean
  readonly actions: PackageActions | undefined
}

function Row({ row, isChecked, actions }: RowProps) {
  const { name, version, latest, isAsked, isNewest } = row
  return (
    <tr role="row">
      <td role="cell">
        <div className="ellipsis" title={name}>
          <span style={{ fontWeight: isAsked ? 600 : 400 }}>{name}</span>
          {isAsked && <span className="small"> · {t('environments.packages.asked')}</span>}
        </div>
      </td>
      <td role="cell" className="ellipsis">
        {version}
      </td>
      {isChecked && (
        <td role="cell">
          {latest !== undefined && (
            <StateMark tone="warning" label={t('environments.packages.newer', { version: latest })} />
          )}
          {isNewest && <span className="small">{t('environments.packages.current')}</span>}
        </td>
      )}
      {actions && (
        <td role="cell" className="number">
          {latest !== undefined && (
            <button
              type="button"
              className="row-action"
              aria-label={t('environments.packages.upgradeOf', { name, version: latest })}
              disabled={actions.isBarred}
              onClick={() => actions.onUpgrade(row)}
            >
              {t('environments.packages.upgrade')}
            </button>
          )}
          <button
            type="button"
            className="row-action dangerous"
            aria-label={t('environments.packages.removeOf', { name })}
            disabled={actions.isBarred}
            onClick={() => actions.onRemove(row)}
          >
            {t('environments.packages.remove')}
          </button>
        </td>
      )}
    </tr>
  )
}
