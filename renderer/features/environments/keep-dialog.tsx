import { Modal, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { JobForm } from '../../ui/job-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'

export interface KeepDialogProps {
  readonly name: string
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function KeepDialog({ name, isOpen, onClose }: KeepDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('history.keepTitle', { name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <KeepForm name={name} onClose={onClose} />
    </Modal>
  )
}

function KeepForm({ name, onClose }: Omit<KeepDialogProps, 'isOpen'>) {
  const work = useJob('packages.snapshot')
  const [note, setNote] = useState('')
  const start = async () => {
    const text = note.trim()
    const kept = await work.run({ name, ...(text === '' ? {} : { note: text }) })
    if (!kept || !work.isHere()) return
    notifyDone(t('history.kept', { name }))
    onClose()
  }
  return (
    <JobForm work={work} action={t('history.keepAction')} onStart={() => void start()} onClose={onClose}>
      <Text size="sm">{t('history.keepText')}</Text>
      <TextInput
        label={t('history.note')}
        placeholder={t('history.notePlaceholder')}
        value={note}
        maxLength={200}
        onChange={(event) => setNote(event.currentTarget.value)}
        disabled={work.isRunning}
        data-autofocus
      />
    </JobForm>
  )
}
