import { Checkbox, List, Text } from '@mantine/core'
import { useState } from 'react'
import type { Environment } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { goTo, hashOf, useUi } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { offerUndo } from './bring-back.ts'

export interface RemoveEnvironmentProps {
  readonly environment: Environment
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function RemoveEnvironment({ environment, isOpen, onClose }: RemoveEnvironmentProps) {
  const { name, root, sizeBytes, usedBy } = environment
  const removal = useJob('environments.remove')
  const [isPermanent, setPermanent] = useState(false)
  const size = bytes(sizeBytes)
  const remove = async () => {
    const removed = await removal.run(isPermanent ? { name, permanent: true } : { name })
    if (!removed) return
    const { trashId } = removed
    if (trashId === null) notifyDone(t('environments.removal.done', { name, size: bytes(removed.freedBytes) }))
    else offerUndo(name, trashId)
    // The details have gone with the environment; unless the user is elsewhere by now, the list is next.
    const { screen, item } = useUi.getState().place
    if (screen === 'environments' && item === name) goTo('environments')
    onClose()
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
              <List.Item key={server}>
                <a className="link" href={hashOf({ screen: 'servers', item: undefined })} onClick={onClose}>
                  {server}
                </a>
              </List.Item>
            ))}
          </List>
        </>
      ) : (
        <>
          <Text size="sm" className="break">
            {isPermanent
              ? t('environments.removal.permanentText', { size, root })
              : t('environments.removal.text', { size, root })}
          </Text>
          <Checkbox
            label={t('environments.removal.permanent')}
            checked={isPermanent}
            onChange={(event) => setPermanent(event.currentTarget.checked)}
            disabled={removal.isRunning}
          />
        </>
      )}
      {removal.isRunning && removal.job && <ProgressLine progress={removal.job.progress} />}
      {removal.error && <ErrorCard error={removal.error} />}
    </Confirm>
  )
}
