import { Button, Checkbox, Group, List, Text } from '@mantine/core'
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
          <List size="sm" spacing={6}>
            {usedBy.map((server) => (
              <UsingServer key={server} name={server} onLeave={onClose} />
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

/** A server that stands in the way, with the way to it, and the way to have it gone. */
function UsingServer({ name, onLeave }: { readonly name: string; readonly onLeave: () => void }) {
  const stop = useJob('servers.stop')
  const action = t('servers.actions.stop')
  return (
    <List.Item>
      <Group gap="xs" component="span" display="inline-flex">
        <a className="link" href={hashOf({ screen: 'servers', item: undefined })} onClick={onLeave}>
          {name}
        </a>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('servers.actions.of', { action, name })}
          loading={stop.isRunning}
          onClick={() => void stop.run({ name })}
        >
          {action}
        </Button>
      </Group>
      {stop.error && <ErrorCard error={stop.error} />}
    </List.Item>
  )
}
