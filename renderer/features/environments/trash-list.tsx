import { Button, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { bytes, localMinute } from '../../lib/format.ts'
import { useEnvironments } from '../../stores/environments.ts'
import { loadTrash, useTrash } from '../../stores/trash.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { withdrawUndo } from './bring-back.ts'

/** Deleted environments that can still be brought back; nothing at all where there are none. */
export function TrashList() {
  const { trash, error } = useTrash()
  // What was deleted or brought back, from whichever door, changes the environments, too.
  const environments = useEnvironments((state) => state.environments)
  const restore = useJob('environments.restore')
  const empty = useJob('environments.emptyTrash')
  const [isAsking, setAsking] = useState(false)
  const [wanted, setWanted] = useState<string>()
  useEffect(() => void loadTrash(), [environments])
  if (error && error.code !== 'UNSUPPORTED')
    return <ErrorCard title={t('environments.trash.failed')} error={error} onRetry={() => void loadTrash()} />
  if (trash === undefined || trash.length === 0) return null
  const size = bytes(trash.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))
  const bringBack = async (id: string) => {
    setWanted(id)
    const restored = await restore.run({ id })
    await loadTrash()
    if (!restored) return
    withdrawUndo(id)
    notifyDone(t('environments.trash.restored', { name: restored.name }))
  }
  const emptyAll = async () => {
    setAsking(false)
    const emptied = await empty.run({})
    await loadTrash()
    if (!emptied) return
    for (const { id } of trash) withdrawUndo(id)
    notifyDone(t('environments.trash.emptied', { size: bytes(emptied.freedBytes) }))
  }
  const isBusy = restore.isRunning || empty.isRunning
  return (
    <Section
      title={t('environments.trash.title')}
      actions={
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          loading={empty.isRunning}
          disabled={isBusy}
          onClick={() => setAsking(true)}
        >
          {t('environments.trash.empty')}
        </Button>
      }
    >
      <div className="surface">
        <table className="table" aria-label={t('environments.trash.title')}>
          <tbody>
            {trash.map(({ id, name, sizeBytes, removedAt, expiresAt }) => (
              <tr key={id}>
                <td style={{ width: '24%' }} className="ellipsis" title={name}>
                  {name}
                </td>
                <td className="small">
                  {t('environments.trash.removed', { time: localMinute(removedAt) })},{' '}
                  {t('environments.trash.until', { time: localMinute(expiresAt) })}
                </td>
                <td className="number" style={{ width: '13%' }}>
                  {bytes(sizeBytes)}
                </td>
                <td className="number" style={{ width: '13%' }}>
                  <button
                    type="button"
                    className="row-action"
                    aria-label={t('environments.trash.restoreOf', { name })}
                    disabled={isBusy}
                    onClick={() => void bringBack(id)}
                  >
                    {t('environments.trash.restore')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {restore.isRunning && restore.job && <ProgressLine progress={restore.job.progress} />}
      {restore.error && (
        <ErrorCard error={restore.error} {...(wanted === undefined ? {} : { onRetry: () => void bringBack(wanted) })} />
      )}
      {empty.error && <ErrorCard error={empty.error} />}
      <Confirm
        isOpen={isAsking}
        title={t('environments.trash.empty')}
        action={t('environments.trash.empty')}
        isDangerous
        onClose={() => setAsking(false)}
        onConfirm={() => void emptyAll()}
      >
        <Text size="sm">{t('environments.trash.emptyText', { count: trash.length, size })}</Text>
      </Confirm>
    </Section>
  )
}
