import { Button, Group, Modal, NumberInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo } from '../../../contract/index.ts'
import { chooseSession } from '../../stores/playground.ts'
import { openSession } from '../../stores/sessions.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { emptySession, leaseHours, optionsFrom } from './session-form.ts'
import type { SessionForm } from './session-form.ts'

export interface SessionDialogProps {
  readonly server: string
  readonly onClose: () => void
}

/** Opens a session, and takes it for the next runs. */
export function SessionDialog({ server, onClose }: SessionDialogProps) {
  const [form, setForm] = useState<SessionForm>(emptySession)
  const [isOpening, setOpening] = useState(false)
  const [error, setError] = useState<ErrorInfo>()
  const change = (changed: Partial<SessionForm>) => setForm({ ...form, ...changed })
  const open = async () => {
    setOpening(true)
    setError(undefined)
    const options = optionsFrom(form)
    try {
      const { id } = await openSession(server, options)
      chooseSession({ server, id, options })
      onClose()
    } catch (thrown) {
      setError(toErrorInfo(thrown))
      setOpening(false)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('playground.session.dialog.title', { server })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (!isOpening) void open()
        }}
        noValidate
      >
        <Stack gap="md">
          <TextInput
            label={t('playground.session.dialog.name')}
            description={t('playground.session.dialog.nameHint')}
            value={form.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            data-autofocus
          />
          <Switch
            label={t('playground.session.dialog.ownProcess')}
            description={t('playground.session.dialog.ownProcessHint')}
            checked={form.ownProcess}
            onChange={(event) => change({ ownProcess: event.currentTarget.checked })}
          />
          <SimpleGrid cols={2}>
            <NumberInput
              label={t('playground.session.dialog.memory')}
              description={t('playground.session.dialog.memoryHint')}
              value={form.memoryMiB ?? ''}
              onChange={(value) => change({ memoryMiB: typeof value === 'number' ? value : undefined })}
              disabled={!form.ownProcess}
              min={256}
              max={1_048_576}
              step={256}
              allowDecimal={false}
              clampBehavior="blur"
            />
            <NumberInput
              label={t('playground.session.dialog.time')}
              description={t('playground.session.dialog.timeHint')}
              value={form.seconds ?? ''}
              onChange={(value) => change({ seconds: typeof value === 'number' ? value : undefined })}
              min={1}
              max={604_800}
              allowDecimal={false}
              clampBehavior="blur"
            />
          </SimpleGrid>
          <Text size="xs" c="dimmed">
            {t('playground.session.dialog.lease', { hours: leaseHours })}
          </Text>
          {error && <ErrorCard error={error} title={t('playground.session.dialog.failed')} />}
          <Group justify="flex-end" gap="xs" className="dialog-foot">
            <Button variant="default" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={isOpening}>
              {t('playground.session.dialog.open')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
