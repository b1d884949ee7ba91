import { List, Text } from '@mantine/core'
import type { Runtime } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { hashOf } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'

export interface RemoveRuntimeProps {
  readonly runtime: Runtime
  /** Environments that stand on it. */
  readonly users: readonly string[]
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function RemoveRuntime({ runtime, users, isOpen, onClose }: RemoveRuntimeProps) {
  const removal = useJob('runtimes.remove')
  const { version } = runtime
  const remove = async () => {
    const removed = await removal.run({ id: runtime.id })
    if (!removed) return
    notifyDone(t('runtimes.removed', { version, size: bytes(removed.freedBytes) }))
    onClose()
  }
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('runtimes.removal.title', { version })}
      action={t('runtimes.removeOf', { version })}
      onConfirm={() => void remove()}
      isDangerous
      isBusy={removal.isRunning}
      isBarred={users.length > 0}
    >
      {users.length > 0 ? (
        <>
          <Text size="sm">{t('runtimes.removal.barred')}</Text>
          <List size="sm">
            {users.map((name) => (
              <List.Item key={name}>
                <a className="link" href={hashOf({ screen: 'environments', item: name })}>
                  {name}
                </a>
              </List.Item>
            ))}
          </List>
        </>
      ) : (
        <Text size="sm">{t('runtimes.removal.text', { size: bytes(runtime.sizeBytes ?? 0) })}</Text>
      )}
      {removal.error && <ErrorCard error={removal.error} />}
    </Confirm>
  )
}
