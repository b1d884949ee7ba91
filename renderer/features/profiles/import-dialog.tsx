import { Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { t } from '../../text/index.ts'
import { ChooseFile, fileText } from '../../ui/choose-file.tsx'
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
  /** Goes up with each text: a file that was read after somebody typed on is not what is wanted any more. */
  const turn = useRef(0)
  const write = (written: string) => {
    turn.current += 1
    setText(written)
    setError(undefined)
  }
  const choose = async (file: File) => {
    turn.current += 1
    const mine = turn.current
    try {
      const found = await fileText(file)
      if (mine === turn.current) write(found)
    } catch (thrown) {
      if (mine === turn.current) setError(toErrorInfo(thrown))
    }
  }
  const start = async () => {
    turn.current += 1
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
        if (!isBusy) void start()
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('profiles.sharing.text')}</Text>
        <ChooseFile
          label={t('profiles.sharing.choose')}
          accept=".json,application/json"
          isDisabled={isBusy}
          onFile={(file) => void choose(file)}
        />
        <Textarea
          label={t('profiles.sharing.label')}
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
          readOnly={isBusy}
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
