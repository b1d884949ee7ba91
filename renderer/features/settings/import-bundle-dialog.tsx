import { Checkbox, Modal } from '@mantine/core'
import { useState } from 'react'
import { pickPath, useIsDesktop } from '../../stores/desktop.ts'
import { saveSettings } from '../../stores/settings.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { JobForm } from '../../ui/job-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { tell } from '../../ui/tell.ts'
import type { BundleDialogProps } from './create-bundle-dialog.tsx'

export function ImportBundleDialog({ isOpen, onClose }: BundleDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('settings.offline.importTitle')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <ImportForm onClose={onClose} />
    </Modal>
  )
}

function ImportForm({ onClose }: Pick<BundleDialogProps, 'onClose'>) {
  const work = useJob('bundles.import')
  const isDesktop = useIsDesktop()
  const [path, setPath] = useState('')
  const [isTried, setTried] = useState(false)
  const [goesOffline, setGoesOffline] = useState(true)
  const start = async () => {
    setTried(true)
    if (path.trim() === '') return
    const imported = await work.run({ path: path.trim() })
    if (!imported) return
    if (goesOffline) await saveSettings({ offline: true })
    const { manifest } = imported
    notifyDone(t('settings.offline.imported', { version: manifest.python.version, wheels: manifest.wheels.length }))
    if (work.isHere()) onClose()
  }
  return (
    <JobForm
      work={work}
      action={t('settings.offline.importAction')}
      onStart={() => void tell(start())}
      onClose={onClose}
    >
      <PathField
        label={t('settings.offline.file')}
        description={t('settings.offline.importHint')}
        value={path}
        onChange={setPath}
        disabled={work.isRunning}
        placeholder={t('settings.offline.filePlaceholder')}
        error={isTried && path.trim() === '' ? t('settings.offline.noFile') : undefined}
        onPick={
          isDesktop
            ? () => pickPath({ kind: 'file', title: t('settings.offline.importTitle'), extensions: ['beep-bundle'] })
            : undefined
        }
        data-autofocus
      />
      <Checkbox
        label={t('settings.offline.goOffline')}
        checked={goesOffline}
        disabled={work.isRunning}
        onChange={(event) => setGoesOffline(event.currentTarget.checked)}
      />
    </JobForm>
  )
}
