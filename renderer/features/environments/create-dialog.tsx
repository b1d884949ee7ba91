import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { adminEnvironmentName, nameProblem, sameName } from '../../../contract/index.ts'
import type { Environment } from '../../../contract/index.ts'
import { byVersionDown } from '../../lib/format.ts'
import { useEnvironments } from '../../stores/environments.ts'
import { defaultRuntime, useRuntimes } from '../../stores/runtimes.ts'
import { goTo } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { badRequirement, RequirementInput } from './requirement-input.tsx'

export interface CreateDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Why a name cannot be taken, in words for the field; undefined if it can. */
export function environmentNameProblem(name: string, environments: readonly Environment[]): string | undefined {
  const problem = nameProblem(name)
  if (problem !== undefined) return t('environments.dialog.badName', { problem })
  if (sameName(name, adminEnvironmentName)) return t('environments.dialog.reserved')
  return environments.some((environment) => sameName(environment.name, name))
    ? t('environments.dialog.taken')
    : undefined
}

export function CreateDialog({ isOpen, onClose }: CreateDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('environments.dialog.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <CreateForm onClose={onClose} />
    </Modal>
  )
}

/** Lives as long as the dialog is open: each time it begins empty. */
function CreateForm({ onClose }: { readonly onClose: () => void }) {
  const environments = useEnvironments((state) => state.environments)
  const runtimes = useRuntimes((state) => state.runtimes)
  const create = useJob('environments.create')
  const [name, setName] = useState('')
  const [runtime, setRuntime] = useState<string | null>(null)
  const [packages, setPackages] = useState<readonly string[]>([])
  const [isTried, setTried] = useState(false)
  const problem = environmentNameProblem(name.trim(), environments)
  const isComplaining = problem !== undefined && !create.isRunning && (isTried || name.trim() !== '')
  const standard = defaultRuntime(runtimes)
  const start = async () => {
    setTried(true)
    if (problem !== undefined || badRequirement(packages) !== undefined) return
    const params = { name: name.trim(), packages: [...packages], ...(runtime === null ? {} : { runtime }) }
    const created = await create.run(params)
    if (!created) return
    notifyDone(t('environments.dialog.created', { name: created.name }))
    if (!create.isHere()) return
    onClose()
    goTo('environments', created.name)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('environments.dialog.name')}
          placeholder={t('environments.dialog.namePlaceholder')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isComplaining ? problem : undefined}
          disabled={create.isRunning}
          required
          data-autofocus
        />
        <Select
          label={t('environments.dialog.runtime')}
          placeholder={
            standard
              ? t('environments.dialog.defaultRuntime', { version: standard.version })
              : t('environments.dialog.noDefault')
          }
          value={runtime}
          onChange={setRuntime}
          disabled={create.isRunning}
          clearable
          data={runtimes
            .filter((one) => one.state === 'ready')
            .sort(byVersionDown)
            .map((one) => ({
              value: one.id,
              label: `${t('runtimes.version', { version: one.version })} · ${t(`runtimes.origins.${one.origin}`)}`,
            }))}
        />
        <RequirementInput
          label={t('environments.dialog.packages')}
          value={packages}
          onChange={setPackages}
          isDisabled={create.isRunning}
        />
        {create.isRunning && create.job && <ProgressLine progress={create.job.progress} />}
        {create.error && <ErrorCard error={create.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={create.isRunning ? create.cancel : onClose}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={create.isRunning}>
            {t('environments.dialog.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
