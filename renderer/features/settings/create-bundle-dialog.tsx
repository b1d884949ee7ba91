import { Checkbox, Modal, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { bundleMachines, requirementSchema } from '../../../contract/index.ts'
import type { BundleMachine, Profile } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { JobForm } from '../../ui/job-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { tell } from '../../ui/tell.ts'

export interface BundleDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function CreateBundleDialog({ isOpen, onClose }: BundleDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('settings.offline.createTitle')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <CreateForm onClose={onClose} />
    </Modal>
  )
}

/** Of the choice of machines: none is named. */
const thisMachine = 'this'

function CreateForm({ onClose }: Pick<BundleDialogProps, 'onClose'>) {
  const work = useJob('bundles.create')
  const [path, setPath] = useState('')
  const [packages, setPackages] = useState<string[]>([])
  const [profiles, setProfiles] = useState<string[]>([])
  const [machine, setMachine] = useState<BundleMachine | typeof thisMachine>(thisMachine)
  const [withFronts, setWithFronts] = useState(true)
  const [isTried, setTried] = useState(false)
  const [known, setKnown] = useState<readonly Profile[]>([])
  useEffect(() => {
    let isHere = true
    void tell(call('profiles.list', {}).then((found) => isHere && setKnown(found)))
    return () => {
      isHere = false
    }
  }, [])
  const bad = packages.find((text) => !requirementSchema.safeParse(text).success)
  const start = async () => {
    setTried(true)
    if (path.trim() === '' || bad !== undefined) return
    const made = await work.run({
      path: path.trim(),
      packages,
      profiles,
      withFronts,
      ...(machine === thisMachine ? {} : { for: machine }),
    })
    if (!made) return
    notifyDone(t('settings.offline.created', { path: made.path }))
    if (work.isHere()) onClose()
  }
  return (
    <JobForm
      work={work}
      action={t('settings.offline.createAction')}
      onStart={() => void tell(start())}
      onClose={onClose}
    >
      <TextInput
        label={t('settings.offline.file')}
        description={t('settings.offline.createHint')}
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        disabled={work.isRunning}
        placeholder={t('settings.offline.filePlaceholder')}
        error={isTried && path.trim() === '' ? t('settings.offline.noFile') : undefined}
        spellCheck={false}
        data-autofocus
      />
      <Select
        label={t('settings.offline.machine')}
        description={t('settings.offline.machineHint')}
        data={[
          { value: thisMachine, label: t('settings.offline.thisMachine') },
          ...bundleMachines.map((value) => ({ value, label: t(`settings.offline.machines.${value}`) })),
        ]}
        value={machine}
        onChange={(value) => setMachine(bundleMachines.find((one) => one === value) ?? thisMachine)}
        allowDeselect={false}
        disabled={work.isRunning}
      />
      <MultiSelect
        label={t('settings.offline.profiles')}
        data={known.filter((one) => one.packages.length > 0).map(({ id, title }) => ({ value: id, label: title }))}
        value={profiles}
        onChange={setProfiles}
        disabled={work.isRunning}
      />
      <TagsInput
        label={t('settings.offline.packages')}
        description={t('settings.offline.packagesHint')}
        value={packages}
        onChange={setPackages}
        splitChars={['\n']}
        acceptValueOnBlur
        disabled={work.isRunning}
        error={bad === undefined ? undefined : t('settings.offline.badPackage', { text: bad })}
      />
      <Checkbox
        label={t('settings.offline.withFronts')}
        checked={withFronts}
        disabled={work.isRunning}
        onChange={(event) => setWithFronts(event.currentTarget.checked)}
      />
    </JobForm>
  )
}
