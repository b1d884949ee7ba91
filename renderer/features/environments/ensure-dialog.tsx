import { Modal, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { modelSchema, providerSchema } from '../../../contract/index.ts'
import { goTo } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { JobForm } from '../../ui/job-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'

export interface EnsureDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The environment that apps ask for by the name of a provider, made here beforehand. */
export function EnsureDialog({ isOpen, onClose }: EnsureDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('environments.provider.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <EnsureForm onClose={onClose} />
    </Modal>
  )
}

function EnsureForm({ onClose }: Pick<EnsureDialogProps, 'onClose'>) {
  const ensure = useJob('environments.ensure')
  const [provider, setProvider] = useState('')
  const [model, setModel] = useState('')
  const asked = { provider: provider.trim(), model: model.trim() }
  const badProvider = providerSchema.safeParse(asked.provider).error?.issues[0]?.message
  const badModel = asked.model === '' ? undefined : modelSchema.safeParse(asked.model).error?.issues[0]?.message
  const start = async () => {
    if (badProvider !== undefined || badModel !== undefined) return
    const made = await ensure.run({ provider: asked.provider, ...(asked.model === '' ? {} : { model: asked.model }) })
    // Who has closed the dialog is told like of any other job.
    if (!made || !ensure.isHere()) return
    notifyDone(t('environments.provider.done', { name: made.name }))
    onClose()
    goTo('environments', made.name)
  }
  return (
    <JobForm work={ensure} action={t('environments.provider.start')} onStart={() => void start()} onClose={onClose}>
      <Text size="sm">{t('environments.provider.text')}</Text>
      <TextInput
        label={t('environments.provider.provider')}
        placeholder={t('environments.provider.providerPlaceholder')}
        value={provider}
        onChange={(event) => setProvider(event.currentTarget.value)}
        error={asked.provider === '' ? undefined : badProvider}
        disabled={ensure.isRunning}
        required
        spellCheck={false}
        data-autofocus
      />
      <TextInput
        label={t('environments.provider.model')}
        description={t('environments.provider.modelHint')}
        placeholder={t('environments.provider.modelPlaceholder')}
        value={model}
        onChange={(event) => setModel(event.currentTarget.value)}
        error={badModel}
        disabled={ensure.isRunning}
        spellCheck={false}
      />
    </JobForm>
  )
}
