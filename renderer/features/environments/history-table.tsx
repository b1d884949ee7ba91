import { Text } from '@mantine/core'
import type { PackageSnapshot } from '../../../contract/index.ts'
import { bytes, localTime } from '../../lib/format.ts'
import { t } from '../../text/index.ts'
import { changesInFull, changesInShort, reasonOf } from './history-text.ts'

export interface HistoryTableProps {
  readonly snapshots: readonly PackageSnapshot[]
  readonly isBarred: boolean
  readonly onRollback: (snapshot: PackageSnapshot) => void
  readonly onRemove: (snapshot: PackageSnapshot) => void
}

export function HistoryTable({ snapshots, isBarred, onRollback, onRemove }: HistoryTableProps) {
  return (
    <div className="surface">
      <table className="table" aria-label={t('environments.detail.history')}>
        <thead>
          <tr>
            <th style={{ width: '22%' }}>{t('history.taken')}</th>
            <th>{t('history.what')}</th>
            <th style={{ width: '17%' }}>{t('history.changes')}</th>
            <th className="number" style={{ width: '10%' }}>
              {t('history.size')}
            </th>
            <th className="number" style={{ width: '25%' }}>
              {t('history.actions')}
            </th>
          </tr>
        </thead>
        <tbody>
          {snapshots.map((snapshot) => {
            const { id, takenAt, note, packages, changes, sizeBytes } = snapshot
            const time = localTime(takenAt)
            return (
              <tr key={id}>
                <td>
                  {time}
                  <Text size="xs" c="dimmed">
                    {t('history.packages', { count: packages.length })}
                  </Text>
                </td>
                <td className="break">
                  {reasonOf(snapshot)}
                  {note !== null && (
                    <Text size="xs" c="dimmed">
                      {note}
                    </Text>
                  )}
                </td>
                <td title={changesInFull(changes)}>{changesInShort(changes)}</td>
                <td className="number">{sizeBytes === 0 ? t('history.noSpace') : bytes(sizeBytes)}</td>
                <td className="number">
                  <button
                    type="button"
                    className="row-action"
                    aria-label={t('history.backTo', { time })}
                    disabled={isBarred}
                    onClick={() => onRollback(snapshot)}
                  >
                    {t('history.back')}
                  </button>{' '}
                  <button
                    type="button"
                    className="row-action dangerous"
                    aria-label={t('history.removeOf', { time })}
                    disabled={isBarred}
                    onClick={() => onRemove(snapshot)}
                  >
                    {t('history.remove')}
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
