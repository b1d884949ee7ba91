import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Profile, ProfileSpec } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { PreviewFacts } from './preview-dialog.tsx'
import { ProfileFields } from './profile-fields.tsx'
import { formOf, specOf } from './profile-form.ts'

/** What the editor begins with; `isNew`: its id must be free. */
export interface Draft {
  readonly spec: ProfileSpec | undefined
  readonly isNew: boolean
}

export interface ProfileDialogProps {
  readonly draft: Draft | undefined
  readonly profiles: readonly Profile[]
  readonly onClose: () => void
}

export function ProfileDialog({ draft, profiles, onClose }: ProfileDialogProps) {
  const title =
    draft?.isNew === false
      ? t('profiles.dialog.editTitle', { title: draft.spec?.title ?? '' })
      : t('profiles.dialog.newTitle')
  return (
    <Modal
      opened={draft !== undefined}
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {draft && <Editor draft={draft} profiles={profiles} onClose={onClose} />}
    </Modal>
  )
}

function Editor({ draft, profiles, onClose }: ProfileDialogProps & { readonly draft: Draft }) {
  const [form, setForm] = useState(() => formOf(draft.spec))
  const [isTried, setTried] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [error, setError] = useState<ErrorInfo>()
  const [looked, setLooked] = useState<ProfileSpec>()
  const { spec, problems } = specOf(form, (line) => t('profiles.dialog.badIndex', { line }))
  const isTaken = draft.isNew && profiles.some(({ id }) => id === form.id)
  const shown = isTaken ? { ...problems, id: t('profiles.dialog.taken') } : problems
  const save = async () => {
    setTried(true)
    if (!spec || isTaken) return
    setSaving(true)
    setError(undefined)
    try {
      const saved = await call('profiles.save', { profile: spec, replace: !draft.isNew })
      notifyDone(t('profiles.saved', { title: saved.title }))
      onClose()
    } catch (thrown) {
      setError(toErrorInfo(thrown))
      setSaving(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isSaving) void save()
      }}
    >
      <Stack gap="md">
        <ProfileFields
          form={form}
          onChange={(change) => setForm((before) => ({ ...before, ...change }))}
          problems={isTried ? shown : worthTelling(shown, form)}
          isNew={draft.isNew}
          others={profiles.filter(({ id }) => id !== form.id)}
        />
        {looked && <PreviewFacts spec={looked} />}
        {error && <ErrorCard error={error} />}
        <Group className="dialog-foot" justify="flex-end" gap="xs">
          <Button
            variant="subtle"
            mr="auto"
            onClick={() => {
              setTried(true)
              setLooked(spec)
            }}
          >
            {t('profiles.dialog.look')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={isSaving}>
            {t('profiles.dialog.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What has not been typed yet is no mistake. */
function worthTelling<P extends object>(problems: P, form: object): Partial<P> {
  const isTyped = (field: string) => {
    const value = (form as Record<string, unknown>)[field]
    return value !== '' && value !== undefined
  }
  return Object.fromEntries(Object.entries(problems).filter(([field]) => isTyped(field))) as Partial<P>
}
