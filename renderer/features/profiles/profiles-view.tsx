import { Button, Text } from '@mantine/core'
import { IconFileImport, IconListCheck, IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Profile, ProfileSpec } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { refreshProfiles, useProfileStore } from '../../stores/profiles.ts'
import { openDialog } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone, notifyUndo } from '../../ui/notify.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { saveText } from '../../ui/save-text.ts'
import { tell } from '../../ui/tell.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { PreviewDialog } from './preview-dialog.tsx'
import { ProfileDialog } from './profile-dialog.tsx'
import type { Draft } from './profile-dialog.tsx'
import { copyId } from './profile-form.ts'
import { ProfileRow } from './profile-row.tsx'

/** Sets of packages: the user's own, and those that ship. */
export function ProfilesView() {
  const { profiles, error } = useProfileStore()
  const [draft, setDraft] = useState<Draft>()
  const [looked, setLooked] = useState<ProfileSpec>()
  const [isImporting, setImporting] = useState(false)
  useEffect(() => void refreshProfiles(), [])
  const all = profiles ?? []
  const own = all.filter(({ isBuiltIn }) => !isBuiltIn)
  const shipped = (kind: Profile['kind']) => all.filter((one) => one.isBuiltIn && one.kind === kind)
  const copy = ({ spec }: Profile) => {
    const id = copyId(
      spec.id,
      all.map((one) => one.id),
    )
    // Its further providers stay with the original, which it would take them from.
    setDraft({ spec: { ...spec, id, aliases: [] }, isNew: true })
  }
  const rows = (some: readonly Profile[]) => (
    <div className="surface">
      {some.map((profile) => (
        <ProfileRow
          key={profile.id}
          profile={profile}
          onMake={canBegin(profile) ? () => openDialog('environments', 'create-environment', profile.id) : undefined}
          onLook={() => setLooked(profile.spec)}
          onCopy={() => copy(profile)}
          onEdit={() => setDraft({ spec: profile.spec, isNew: false })}
          onExport={() => void tell(exportOne(profile.id))}
          onRemove={() => void tell(removeOne(profile.id))}
        />
      ))}
    </div>
  )
  const add = () => setDraft({ spec: undefined, isNew: true })
  return (
    <Page
      title={t('profiles.name')}
      subtitle={t('profiles.subtitle')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconFileImport size={16} aria-hidden />}
            onClick={() => setImporting(true)}
          >
            {t('profiles.import')}
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            {t('profiles.add')}
          </Button>
        </>
      }
    >
      {error && <ErrorCard title={t('profiles.failed')} error={error} />}
      {!profiles && !error && <Waiting label={t('shell.loading')} />}
      {profiles && (
        <>
          <Section title={t('profiles.yours')}>
            {own.length > 0 ? (
              rows(own)
            ) : (
              <EmptyState
                icon={IconListCheck}
                title={t('profiles.none')}
                text={t('profiles.noneText')}
                action={<Button onClick={add}>{t('profiles.add')}</Button>}
              />
            )}
          </Section>
          <Section title={t('profiles.sets')}>{rows(shipped('set'))}</Section>
          <Section title={t('profiles.providers')}>
            <Text size="sm" c="dimmed" mb="xs">
              {t('profiles.providersHint')}
            </Text>
            {rows(shipped('provider'))}
          </Section>
        </>
      )}
      <ProfileDialog draft={draft} profiles={all} onClose={() => setDraft(undefined)} />
      <PreviewDialog spec={looked} onClose={() => setLooked(undefined)} />
      <ImportDialog isOpen={isImporting} onClose={() => setImporting(false)} />
    </Page>
  )
}

/** An environment can begin with it: it is whole, brings something, and is for no provider. */
function canBegin({ kind, packages, problem }: Profile): boolean {
  return kind === 'set' && packages.length > 0 && problem === undefined
}

async function exportOne(id: string): Promise<void> {
  const { text } = await call('profiles.export', { ids: [id] })
  saveText(t('profiles.sharing.file', { id }), text)
}

async function removeOne(id: string): Promise<void> {
  const removed = await call('profiles.remove', { id })
  const { title } = removed
  notifyUndo(`profile ${id}`, t('profiles.removed', { title }), t('profiles.removedText'), () =>
    tell(
      call('profiles.save', { profile: removed, replace: false }).then(() =>
        notifyDone(t('profiles.restored', { title })),
      ),
    ),
  )
}
