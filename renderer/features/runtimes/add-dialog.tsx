import { Button, Checkbox, Group, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { RuntimeSource } from '../../../contract/index.ts'
import { byVersionDown } from '../../lib/format.ts'
import { useRuntimes } from '../../stores/runtimes.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'

export interface AddDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** A Python from the catalog, from an archive, or one that is here already. */
export function AddDialog({ isOpen, onClose }: AddDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('runtimes.dialog.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <AddForm onClose={onClose} />
    </Modal>
  )
}

/** Lives as long as the dialog is open: each time it begins anew. */
function AddForm({ onClose }: { readonly onClose: () => void }) {
  const catalog = useRuntimes((state) => state.catalog)
  const install = useJob('runtimes.install')
  const [kind, setKind] = useState<RuntimeSource['kind']>('download')
  const [version, setVersion] = useState<string | null>(null)
  const [mirror, setMirror] = useState('')
  const [path, setPath] = useState('')
  const [isDefault, setDefault] = useState(true)
  const [isTried, setTried] = useState(false)
  const isPathMissing = kind === 'file' && path.trim() === ''
  const source = (): RuntimeSource => {
    const place = path.trim()
    if (kind === 'file') return { kind, path: place }
    if (kind === 'system') return place === '' ? { kind } : { kind, path: place }
    return mirror.trim() === '' ? { kind } : { kind, mirror: mirror.trim() }
  }
  const add = async () => {
    setTried(true)
    if (isPathMissing) return
    const chosen = kind === 'download' && version !== null ? { version } : {}
    const installed = await install.run({ ...chosen, source: source(), makeDefault: isDefault })
    if (!installed) return
    notifyDone(t('runtimes.installed', { version: installed.version }))
    if (install.isHere()) onClose()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          aria-label={t('runtimes.dialog.title')}
          value={kind}
          onChange={(next) => {
            setKind(next)
            setPath('')
            setTried(false)
            install.clear()
          }}
          data={[
            { value: 'download', label: t('runtimes.dialog.download') },
            { value: 'file', label: t('runtimes.dialog.file') },
            { value: 'system', label: t('runtimes.dialog.system') },
          ]}
        />
        {kind === 'download' && (
          <>
            <Select
              label={t('runtimes.dialog.version')}
              placeholder={t('runtimes.dialog.newest')}
              value={version}
              onChange={setVersion}
              clearable
              searchable
              data={[...(catalog ?? [])].sort(byVersionDown).map((entry) => entry.version)}
            />
            <TextInput
              label={t('runtimes.dialog.mirror')}
              description={t('runtimes.dialog.mirrorHint')}
              value={mirror}
              onChange={(event) => setMirror(event.currentTarget.value)}
            />
          </>
        )}
        {kind === 'file' && (
          <TextInput
            label={t('runtimes.dialog.filePath')}
            description={t('runtimes.dialog.fileHint')}
            placeholder={t('runtimes.dialog.filePlaceholder')}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            error={isTried && isPathMissing ? t('runtimes.dialog.pathMissing') : undefined}
            data-autofocus
          />
        )}
        {kind === 'system' && (
          <TextInput
            label={t('runtimes.dialog.systemPath')}
            description={t('runtimes.dialog.systemHint')}
            placeholder={t('runtimes.dialog.systemPlaceholder')}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <Checkbox
          label={t('runtimes.dialog.makeDefault')}
          checked={isDefault}
          onChange={(event) => setDefault(event.currentTarget.checked)}
        />
        {install.isRunning && install.job && <ProgressLine progress={install.job.progress} />}
        {install.error && <ErrorCard error={install.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={install.isRunning ? install.cancel : onClose}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={install.isRunning}>
            {t('runtimes.dialog.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
