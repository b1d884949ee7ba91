import { Modal, Select, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { byVersionDown } from '../../lib/format.ts'
import { useEnvironments } from '../../stores/environments.ts'
import { defaultRuntime, useRuntimes } from '../../stores/runtimes.ts'
import { goTo } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { JobForm } from '../../ui/job-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { environmentNameProblem } from './environment-name.ts'
import { ProfileChoice, useProfiles } from './profile-choice.tsx'
import { RequirementInput } from './requirement-input.tsx'
import { badRequirement, union } from './requirements.ts'

export interface CreateDialogProps {
  readonly isOpen: boolean
  /** The profile that is chosen to begin with. */
  readonly profile: string | undefined
  readonly onClose: () => void
}

export function CreateDialog({ isOpen, profile, onClose }: CreateDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('environments.dialog.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <CreateForm profile={profile} onClose={onClose} />
    </Modal>
  )
}

/** Lives as long as the dialog is open: each time it begins anew. */
function CreateForm({ profile, onClose }: Pick<CreateDialogProps, 'profile' | 'onClose'>) {
  const environments = useEnvironments((state) => state.environments)
  const runtimes = useRuntimes((state) => state.runtimes)
  const create = useJob('environments.create')
  const { profiles, error: profilesError } = useProfiles()
  const [name, setName] = useState('')
  const [runtime, setRuntime] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string[]>(profile === undefined ? [] : [profile])
  const [packages, setPackages] = useState<readonly string[]>([])
  const [isTried, setTried] = useState(false)
  const problem = environmentNameProblem(name.trim(), environments)
  const isComplaining = problem !== undefined && !create.isRunning && (isTried || name.trim() !== '')
  const standard = defaultRuntime(runtimes)
  const sets = profiles?.filter(({ id }) => chosen.includes(id)) ?? []
  const wanted = union(...sets.map((set) => set.packages), packages)
  const start = async () => {
    setTried(true)
    if (problem !== undefined || badRequirement(packages) !== undefined) return
    const created = await create.run({
      name: name.trim(),
      packages: [...packages],
      ...(chosen.length === 0 ? {} : { profiles: chosen }),
      ...(runtime === null ? {} : { runtime }),
    })
    // Who has closed the dialog is told like of any other job.
    if (!created || !create.isHere()) return
    notifyDone(t('environments.dialog.created', { name: created.name }))
    onClose()
    goTo('environments', created.name)
  }
  return (
    <JobForm work={create} action={t('environments.dialog.start')} onStart={() => void start()} onClose={onClose}>
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
      <ProfileChoice
        profiles={profiles}
        error={profilesError}
        value={chosen}
        onChange={setChosen}
        isDisabled={create.isRunning}
      />
      <RequirementInput
        label={t('environments.dialog.packages')}
        value={packages}
        onChange={setPackages}
        isDisabled={create.isRunning}
      />
      {sets.length > 0 && wanted.length > 0 && (
        <Text size="xs" c="dimmed" className="break" aria-live="polite">
          {t('environments.dialog.result', { count: wanted.length, list: wanted.join(', ') })}
        </Text>
      )}
    </JobForm>
  )
}
