import { Button, Checkbox, FileButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconFile } from '@tabler/icons-react'
import { useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'

export interface ImportDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function ImportDialog({ isOpen, onClose }: ImportDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('profiles.sharing.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <ImportForm onClose={onClose} />
    </Modal>
  )
}

function ImportForm({ onClose }: Pick<ImportDialogProps, 'onClose'>) {
  const [text, setText] = useState('')
  const [isReplacing, setReplacing] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorInfo>()
  const start = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const imported = await call('profiles.import', { text, replace: isReplacing })
      notifyDone(t('profiles.sharing.done', { count: imported.length }))
      onClose()
    } catch (thrown) {
      setError(toErrorInfo(thrown))
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('profiles.sharing.text')}</Text>
        <FileButton accept=".json,application/json" onChange={(file) => void file?.text().then(setText)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconFile size={16} aria-hidden />}
              style={{ alignSelf: 'flex-start' }}
            >
              {t('profiles.sharing.choose')}
            </Button>
          )}
        </FileButton>
        <Textarea
          label={t('profiles.sharing.label')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={6}
          maxRows={14}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          data-autofocus
        />
        <Checkbox
          label={t('profiles.sharing.replace')}
          checked={isReplacing}
          onChange={(event) => setReplacing(event.currentTarget.checked)}
        />
        {error && <ErrorCard error={error} />}
        <Group className="dialog-foot" justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={text.trim() === ''}>
            {t('profiles.sharing.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
