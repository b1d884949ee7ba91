import { Alert, Button, FileButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconFile, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Settings, SettingsFileEffect } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { importSettings } from '../../stores/settings.ts'
import { t } from '../../text/index.ts'
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
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorInfo>()
  const write = (written: string) => {
    setText(written)
    setEffect(undefined)
    setError(undefined)
  }
  const ask = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    await work().catch((thrown: unknown) => setError(toErrorInfo(thrown)))
    setBusy(false)
  }
  const look = (written: string) => ask(async () => setEffect(await call('settings.preview', { text: written })))
  const take = () =>
    ask(async () => {
      const { changes } = await importSettings(text)
      if (changes.length === 0) notifyDone(t('settings.file.same'))
      else tellUndo(t('settings.file.imported'), before, changes)
      onClose()
    })
  const choose = async (file: File | null) => {
    if (file === null) return
    const read = await file.text()
    write(read)
    await look(read)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void (effect ? take() : look(text))
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('settings.file.importText')}</Text>
        <FileButton accept=".json,application/json" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconFile size={16} aria-hidden />}
              style={{ alignSelf: 'flex-start' }}
            >
              {t('settings.file.choose')}
            </Button>
          )}
        </FileButton>
        <Textarea
          label={t('settings.file.text')}
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
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
          <Button type="submit" loading={isBusy} disabled={text.trim() === ''}>
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
