import { Checkbox, Modal, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { JobForm } from '../../ui/job-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { addParams, emptyAddForm, isPathMissing } from './add-form.ts'
import type { AddForm } from './add-form.ts'
import { SourceFields } from './source-fields.tsx'

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
      <AddPython onClose={onClose} />
    </Modal>
  )
}

/** Lives as long as the dialog is open: each time it begins anew. */
function AddPython({ onClose }: { readonly onClose: () => void }) {
  const install = useJob('runtimes.install')
  const [form, setForm] = useState<AddForm>(emptyAddForm)
  const [isTried, setTried] = useState(false)
  const change = (changed: Partial<AddForm>) => setForm((before) => ({ ...before, ...changed }))
  const add = async () => {
    setTried(true)
    if (isPathMissing(form)) return
    const installed = await install.run(addParams(form))
    // Who has closed the dialog is told like of any other job.
    if (!installed || !install.isHere()) return
    notifyDone(t('runtimes.installed', { version: installed.version }))
    onClose()
  }
  return (
    <JobForm work={install} action={t('runtimes.dialog.start')} onStart={() => void add()} onClose={onClose}>
      <SegmentedControl
        fullWidth
        aria-label={t('runtimes.dialog.title')}
        value={form.kind}
        disabled={install.isRunning}
        onChange={(kind) => {
          change({ kind, path: '' })
          setTried(false)
          install.clear()
        }}
        data={[
          { value: 'download', label: t('runtimes.dialog.download') },
          { value: 'file', label: t('runtimes.dialog.file') },
          { value: 'system', label: t('runtimes.dialog.system') },
        ]}
      />
      <SourceFields form={form} onChange={change} isTried={isTried} isDisabled={install.isRunning} />
      <Checkbox
        label={t('runtimes.dialog.makeDefault')}
        checked={form.isDefault}
        disabled={install.isRunning}
        onChange={(event) => change({ isDefault: event.currentTarget.checked })}
      />
    </JobForm>
  )
}
