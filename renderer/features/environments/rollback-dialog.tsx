import { Text } from '@mantine/core'
import type { Environment, Package, PackageSnapshot } from '../../../contract/index.ts'
import { localTime } from '../../lib/format.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { sortedChanges } from './change-kinds.ts'
import { ChangeList } from './change-list.tsx'
import { changesTowards } from './history-text.ts'

export interface RollbackDialogProps {
  readonly environment: Environment
  readonly packages: readonly Package[] | undefined
  /** Undefined: closed. */
  readonly target: PackageSnapshot | undefined
  readonly onConfirm: (target: PackageSnapshot) => void
  readonly onClose: () => void
}

/** Before packages are put back: what that changes, and whom it concerns. */
export function RollbackDialog({ environment, packages, target, onConfirm, onClose }: RollbackDialogProps) {
  const { name, usedBy } = environment
  const changes = target && packages ? changesTowards(packages, target.packages) : []
  return (
    <Confirm
      isOpen={target !== undefined}
      title={target ? t('history.title', { name, time: localTime(target.takenAt) }) : ''}
      action={t('history.action')}
      onConfirm={() => target && onConfirm(target)}
      onClose={onClose}
    >
      {changes.length === 0 ? (
        <Text size="sm">{t('history.same')}</Text>
      ) : (
        <ChangeList changes={sortedChanges(changes)} />
      )}
      {usedBy.length > 0 && (
        <Text size="sm" className="tone-warning break">
          {t('history.servers', { list: usedBy.join(', ') })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('history.undoText')}
      </Text>
    </Confirm>
  )
}
