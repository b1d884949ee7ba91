import { Modal, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Environment } from '../../../contract/index.ts'
import { useEnvironments } from '../../stores/environments.ts'
import { goTo } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { JobForm } from '../../ui/job-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { copyName, environmentNameProblem } from './environment-name.ts'

export interface CloneDialogProps {
  readonly environment: Environment
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function CloneDialog({ environment, isOpen, onClose }: CloneDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('environments.clone.title', { name: environment.name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <CloneForm environment={environment} onClose={onClose} />
    </Modal>
  )
}

function CloneForm({ environment, onClose }: Omit<CloneDialogProps, 'isOpen'>) {
  const environments = useEnvironments((state) => state.environments)
  const clone = useJob('environments.clone')
  const [name, setName] = useState(() => copyName(environment.name, environments))
  const problem = environmentNameProblem(name.trim(), environments)
  const start = async () => {
    if (problem !== undefined) return
    const made = await clone.run({ name: environment.name, as: name.trim() })
    // Who has closed the dialog is told like of any other job.
    if (!made || !clone.isHere()) return
    notifyDone(t('environments.clone.done', { name: made.name }))
    onClose()
    goTo('environments', made.name)
  }
  return (
    <JobForm work={clone} action={t('environments.clone.start')} onStart={() => void start()} onClose={onClose}>
      <Text size="sm">{t('environments.clone.text')}</Text>
      <TextInput
        label={t('environments.clone.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={clone.isRunning ? undefined : problem}
        disabled={clone.isRunning}
        required
        data-autofocus
      />
    </JobForm>
  )
}
