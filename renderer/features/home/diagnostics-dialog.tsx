import { Button, Code, Group, Modal, Stack, Tabs, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { DiagnosticFile, Diagnostics, ErrorInfo } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { call } from '../../stores/call.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Waiting } from '../../ui/waiting.tsx'
import './diagnostics.css'

export interface DiagnosticsDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What would be saved, to the last word, before it is saved. */
export function DiagnosticsDialog({ isOpen, onClose }: DiagnosticsDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      size="60rem"
      title={t('home.diagnostics.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Preview onClose={onClose} />
    </Modal>
  )
}

function Preview({ onClose }: Pick<DiagnosticsDialogProps, 'onClose'>) {
  const [found, setFound] = useState<Diagnostics>()
  const [error, setError] = useState<ErrorInfo>()
  const gather = useCallback(async () => {
    setError(undefined)
    await call('diagnostics.collect', {}).then(setFound, (thrown: unknown) => setError(toErrorInfo(thrown)))
  }, [])
  useEffect(() => void gather(), [gather])
  const save = () => {
    if (!found) return
    saveFile(
      found.name,
      Uint8Array.from(atob(found.archive), (char) => char.charCodeAt(0)),
      'application/zip',
    )
    onClose()
  }
  return (
    <Stack gap="md">
      <Text size="sm">{t('home.diagnostics.text')}</Text>
      {error && <ErrorCard title={t('home.diagnostics.failed')} error={error} onRetry={() => void gather()} />}
      {!found && !error && <Waiting label={t('home.diagnostics.gathering')} />}
      {found && <Files files={found.files} />}
      <Group className="dialog-foot" justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" role="status">
          {found && t('home.diagnostics.amount', { count: found.files.length, size: bytes(sizeOf(found.files)) })}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shell.cancel')}
          </Button>
          <Button leftSection={<IconDownload size={16} aria-hidden />} disabled={!found} onClick={save}>
            {t('home.diagnostics.save')}
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}

function Files({ files }: Pick<Diagnostics, 'files'>) {
  return (
    <Tabs
      orientation="vertical"
      variant="pills"
      defaultValue={files[0]?.name ?? null}
      keepMounted={false}
      className="diagnostics"
    >
      <Tabs.List aria-label={t('home.diagnostics.files')}>
        {files.map((file) => (
          <Tabs.Tab key={file.name} value={file.name} rightSection={<span className="size">{bytes(file.bytes)}</span>}>
            {file.name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {files.map((file) => (
        <Tabs.Panel key={file.name} value={file.name}>
          <Shown file={file} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

function Shown({ file: { name, title, text } }: { readonly file: DiagnosticFile }) {
  return (
    <>
      <Text size="sm" fw={550} mb={6}>
        {title}
      </Text>
      <Code block tabIndex={0} role="group" aria-label={t('home.diagnostics.textOf', { name })}>
        {text}
      </Code>
    </>
  )
}

function sizeOf(files: readonly DiagnosticFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0)
}
