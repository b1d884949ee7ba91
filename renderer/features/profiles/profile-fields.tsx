import { Accordion, Group, MultiSelect, Stack, TagsInput, TextInput, Textarea } from '@mantine/core'
import type { Profile, ProfileSpec } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { Choice } from '../../ui/choice.tsx'
import { idOf } from './profile-form.ts'
import type { FormProblems, ProfileForm } from './profile-form.ts'

export interface ProfileFieldsProps {
  readonly form: ProfileForm
  readonly onChange: (change: Partial<ProfileForm>) => void
  readonly problems: FormProblems
  readonly isNew: boolean
  /** What it can include. */
  readonly others: readonly Profile[]
}

const kinds = ['set', 'provider'] as const satisfies readonly ProfileSpec['kind'][]

export function ProfileFields({ form, onChange, problems, isNew, others }: ProfileFieldsProps) {
  const lines = (field: 'packages' | 'optional' | 'imports' | 'indexes', rows: number) => (
    <Textarea
      label={t(`profiles.dialog.${field}`)}
      description={t(`profiles.dialog.${field}Hint`)}
      value={form[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
      error={problems[field]}
      autosize
      minRows={rows}
      maxRows={10}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
    />
  )
  return (
    <>
      <Group grow align="flex-start">
        <TextInput
          label={t('profiles.dialog.name')}
          value={form.title}
          onChange={(event) => {
            const title = event.currentTarget.value
            onChange(isNew && form.id === idOf(form.title) ? { title, id: idOf(title) } : { title })
          }}
          error={problems.title}
          required
          data-autofocus
        />
        <TextInput
          label={t('profiles.dialog.id')}
          value={form.id}
          onChange={(event) => onChange({ id: event.currentTarget.value })}
          error={problems.id}
          title={t('profiles.dialog.idHint')}
          disabled={!isNew}
          required
          spellCheck={false}
        />
      </Group>
      <TextInput
        label={t('profiles.dialog.summary')}
        value={form.summary}
        onChange={(event) => onChange({ summary: event.currentTarget.value })}
        error={problems.summary}
      />
      <Choice
        label={t('profiles.dialog.kind')}
        value={form.kind}
        onChange={(kind) => onChange({ kind })}
        data={kinds.map((value) => ({ value, label: t(`profiles.dialog.kinds.${value}`) }))}
      />
      {form.kind === 'provider' && (
        <TagsInput
          label={t('profiles.dialog.aliases')}
          description={t('profiles.dialog.aliasesHint')}
          value={[...form.aliases]}
          onChange={(aliases) => onChange({ aliases })}
          error={problems.aliases}
          acceptValueOnBlur
        />
      )}
      <MultiSelect
        label={t('profiles.dialog.includes')}
        description={t('profiles.dialog.includesHint')}
        value={[...form.includes]}
        onChange={(includes) => onChange({ includes })}
        data={others.map(({ id, title }) => ({ value: id, label: title }))}
        error={problems.includes}
        searchable
      />
      {lines('packages', 4)}
      {lines('optional', 1)}
      <Accordion variant="contained">
        <Accordion.Item value="more">
          <Accordion.Control>{t('profiles.dialog.more')}</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="md">
              {lines('imports', 1)}
              <Group grow align="flex-start">
                {(['minimum', 'maximum'] as const).map((field) => (
                  <TextInput
                    key={field}
                    label={t(`profiles.dialog.${field}`)}
                    placeholder="3.12"
                    value={form[field]}
                    onChange={(event) => onChange({ [field]: event.currentTarget.value })}
                    error={problems[field]}
                  />
                ))}
              </Group>
              {lines('indexes', 2)}
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  )
}
