import { Button, Group, Stack, Text } from '@mantine/core'
import { IconCamera, IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import type { Environment, Package, PackageSnapshot } from '../../../contract/index.ts'
import { bytes, localTime } from '../../lib/format.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { HistoryTable } from './history-table.tsx'
import { KeepDialog } from './keep-dialog.tsx'
import { RollbackDialog } from './rollback-dialog.tsx'
import type { Changes } from './use-changes.ts'
import { useSnapshots } from './use-snapshots.ts'

export interface HistoryTabProps {
  readonly environment: Environment
  readonly packages: readonly Package[] | undefined
  readonly changes: Changes
  /** A job changes the environment: nothing else can for now. */
  readonly isBusy: boolean
}

/** What the packages were before each change, and the way back. */
export function HistoryTab({ environment, packages, changes, isBusy }: HistoryTabProps) {
  const { name } = environment
  const { answer: snapshots, error, load } = useSnapshots(environment)
  const removal = useJob('packages.removeSnapshot')
  const [isKeeping, setKeeping] = useState(false)
  const [target, setTarget] = useState<PackageSnapshot>()
  const [going, setGoing] = useState<PackageSnapshot>()
  const remove = async ({ id }: PackageSnapshot) => {
    setGoing(undefined)
    const removed = await removal.run({ name, snapshot: id })
    if (removed) notifyDone(t('history.removed', { size: bytes(removed.freedBytes) }))
  }
  return (
    <Stack gap="sm">
      <Group wrap="nowrap" align="flex-start">
        <Text size="sm" c="dimmed" style={{ flex: 1 }}>
          {t('history.text')}
        </Text>
        <Button
          variant="default"
          leftSection={<IconCamera size={16} aria-hidden />}
          disabled={isBusy}
          onClick={() => setKeeping(true)}
        >
          {t('history.keep')}
        </Button>
      </Group>
      {error && <ErrorCard title={t('history.failed')} error={error} onRetry={load} />}
      {removal.error && <ErrorCard error={removal.error} />}
      {!snapshots && !error && <Waiting label={t('shell.loading')} />}
      {snapshots?.length === 0 && (
        <EmptyState icon={IconHistory} title={t('history.empty')} text={t('history.emptyText')} />
      )}
      {snapshots && snapshots.length > 0 && (
        <HistoryTable snapshots={snapshots} isBarred={isBusy} onRollback={setTarget} onRemove={setGoing} />
      )}
      <KeepDialog name={name} isOpen={isKeeping} onClose={() => setKeeping(false)} />
      <RollbackDialog
        environment={environment}
        packages={packages}
        target={target}
        onConfirm={(wanted) => {
          setTarget(undefined)
          void changes.rollBack(wanted)
        }}
        onClose={() => setTarget(undefined)}
      />
      <Confirm
        isOpen={going !== undefined}
        title={going ? t('history.removeTitle', { time: localTime(going.takenAt) }) : ''}
        action={t('history.remove')}
        isDangerous
        onClose={() => setGoing(undefined)}
        onConfirm={() => going && void remove(going)}
      >
        <Text size="sm">
          {going?.sizeBytes ? t('history.removeText', { size: bytes(going.sizeBytes) }) : t('history.removeTextFree')}
        </Text>
      </Confirm>
    </Stack>
  )
}
