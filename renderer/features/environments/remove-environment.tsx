import { List, Text } from '@mantine/core'
import type { Environment } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { goTo, useUi } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'

export interface RemoveEnvironmentProps {
  readonly environment: Environment
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function RemoveEnvironment({ environment, isOpen, onClose }: RemoveEnvironmentProps) {
  const { name, root, sizeBytes, usedBy } = environment
  const removal = useJob('environments.remove')
  const remove = async () => {
    const removed = await removal.run({ name })
    if (!removed) return
    notifyDone(t('environments.removal.done', { name, size: bytes(removed.freedBytes) }))
    onClose()
    // The details have gone with the environment; unless the user is elsewhere by now, the list is next.
    const { screen, item } = useUi.getState().place
    if (screen === 'environments' && item === name) goTo('environments')
  }
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('environments.removal.title', { name })}
      action={t('environments.removal.action', { name })}
      onConfirm={() => void remove()}
      isDangerous
      isBusy={removal.isRunning}
      isBarred={usedBy.length > 0}
    >
      {usedBy.length > 0 ? (
        <>
          <Text size="sm">{t('environments.removal.barred')}</Text>
          <List size="sm">
            {usedBy.map((server) => (
              <List.Item key={server}>{server}</List.Item>
            ))}
          </List>
        </>
      ) : (
        <Text size="sm" className="break">
          {t('environments.removal.text', { size: bytes(sizeBytes), root })}
        </Text>
      )}
      {removal.error && <ErrorCard error={removal.error} />}
    </Confirm>
  )
}
