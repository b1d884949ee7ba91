import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../text/index.ts'
import { ChangePreview } from './change-preview.tsx'
import type { ChangePlan } from './change-preview.tsx'
import { RequirementInput } from './requirement-input.tsx'
import { badRequirement } from './requirements.ts'

export interface InstallDialogProps {
  readonly name: string
  readonly isOpen: boolean
  readonly onInstall: (packages: string[]) => void
  readonly onClose: () => void
}

export function InstallDialog({ name, isOpen, onInstall, onClose }: InstallDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('environments.install.title', { name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <InstallForm name={name} onInstall={onInstall} onClose={onClose} />
    </Modal>
  )
}

/** First which packages, then what that would do, then it is for the caller to do it. */
function InstallForm({ name, onInstall, onClose }: Omit<InstallDialogProps, 'isOpen'>) {
  const [packages, setPackages] = useState<readonly string[]>([])
  const [plan, setPlan] = useState<ChangePlan>()
  const [isTried, setTried] = useState(false)
  /** The buttons stay enabled: what stands in the field becomes a package when the field is left. */
  const whenReady = (go: () => void) => {
    setTried(true)
    if (packages.length > 0 && badRequirement(packages) === undefined) go()
  }
  const install = () => onInstall([...packages])
  if (plan) {
    return (
      <ChangePreview
        plan={plan}
        onConfirm={install}
        onBack={() => setPlan(undefined)}
        backLabel={t('environments.change.back')}
      />
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        whenReady(() => setPlan({ name, action: 'install', packages: [...packages] }))
      }}
    >
      <Stack gap="md">
        <RequirementInput
          label={t('environments.install.label')}
          value={packages}
          onChange={setPackages}
          isFirst
          isMissing={isTried}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shell.cancel')}
          </Button>
          <Button variant="light" onClick={() => whenReady(install)}>
            {t('environments.install.atOnce')}
          </Button>
          <Button type="submit">{t('environments.install.next')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
