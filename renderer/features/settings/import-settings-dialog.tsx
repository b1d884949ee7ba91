import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Settings, SettingsFileEffect } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { importSettings } from '../../stores/settings.ts'
import { t } from '../../text/index.ts'
import { ChooseFile, fileText } from '../../ui/choose-file.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { SettingChanges } from './setting-changes.tsx'
import { tellUndo } from './tell-undo.ts'

export interface ImportSettingsDialogProps {
  readonly isOpen: boolean
  readonly before: Settings
  readonly onClose: () => void
}

/** A file, then what it would change, then the change. */
export function ImportSettingsDialog({ isOpen, onClose, before }: ImportSettingsDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      size="lg"
      title={t('settings.file.importTitle')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <ImportForm before={before} onClose={onClose} />
    </Modal>
  )
}

function ImportForm({ onClose, before }: Omit<ImportSettingsDialogProps, 'isOpen'>) {
  const [text, setText] = useState('')
  const [effect, setEffect] = useState<SettingsFileEffect>()
  const [busy, setBusy] = useState<'looking' | 'taking'>()
  const [error, setError] = useState<ErrorInfo>()
  /** Goes up with each text and each question: an answer to what is not there any more is none. */
  const turn = useRef(0)
  const write = (written: string) => {
    turn.current += 1
    setText(written)
    setEffect(undefined)
    setBusy(undefined)
    setError(undefined)
  }
  const ask = async <T,>(kind: 'looking' | 'taking', work: () => Promise<T>, use: (answer: T) => void) => {
    turn.current += 1
    const mine = turn.current
    setBusy(kind)
    setError(undefined)
    try {
      const answer = await work()
      if (mine === turn.current) use(answer)
    } catch (thrown) {
      if (mine === turn.current) setError(toErrorInfo(thrown))
    }
    if (mine === turn.current) setBusy(undefined)
  }
  const look = (written: string) => ask('looking', () => call('settings.preview', { text: written }), setEffect)
  const take = () =>
    ask(
      'taking',
      () => importSettings(text),
      ({ changes }) => {
        if (changes.length === 0) notifyDone(t('settings.file.same'))
        else tellUndo(t('settings.file.imported'), before, changes)
        onClose()
      },
    )
  const choose = (file: File) =>
    ask(
      'looking',
      () => fileText(file),
      (found) => {
        write(found)
        void look(found)
      },
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void (effect ? take() : look(text))
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('settings.file.importText')}</Text>
        <ChooseFile
          label={t('settings.file.choose')}
          accept=".json,application/json"
          isDisabled={busy === 'taking'}
          onFile={(file) => void choose(file)}
        />
        <Textarea
          label={t('settings.file.text')}
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
          readOnly={busy === 'taking'}
          autosize
          minRows={4}
          maxRows={effect ? 4 : 12}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          data-autofocus
        />
        {error && <ErrorCard error={error} />}
        {effect && (
          <div role="status">
            <Effect effect={effect} />
          </div>
        )}
        <Group className="dialog-foot" justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={busy !== undefined} disabled={text.trim() === ''}>
            {effect ? t('settings.file.take') : t('settings.file.look')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Effect({ effect: { changes, unknown } }: { readonly effect: SettingsFileEffect }) {
  return (
    <Stack gap="sm">
      {unknown.length > 0 && (
        <Alert color="yellow" icon={<IconInfoCircle aria-hidden />} title={t('settings.file.unknown')}>
          {unknown.join(', ')}
        </Alert>
      )}
      {changes.length === 0 ? <Text size="sm">{t('settings.file.same')}</Text> : <SettingChanges changes={changes} />}
    </Stack>
  )
}
