import { Button, Group, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Settings } from '../../../contract/index.ts'
import { byVersionDown } from '../../lib/format.ts'
import { call } from '../../stores/call.ts'
import { useRuntimes } from '../../stores/runtimes.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { changeOf, megabyte, minLogMegabytes } from './draft.ts'

const installers = ['auto', 'uv', 'pip'] as const satisfies readonly Settings['installer'][]

/** Every field of the settings file; what is changed is sent together. */
export function SettingsForm({ settings }: { readonly settings: Settings }) {
  const runtimes = useRuntimes((state) => state.runtimes)
  /** Only what the user has touched: the rest follows the host, whoever changes it. */
  const [touched, setTouched] = useState<Partial<Settings>>({})
  const [error, setError] = useState<ErrorInfo>()
  const [isSaving, setSaving] = useState(false)
  const draft: Settings = { ...settings, ...touched }
  const change = changeOf(settings, draft)
  const isChanged = Object.keys(change).length > 0
  const touch = (next: Partial<Settings>) => setTouched((before) => ({ ...before, ...next }))
  const save = async () => {
    setSaving(true)
    setError(undefined)
    try {
      await call('settings.update', change)
      setTouched({})
      notifyDone(t('settings.saved'))
    } catch (thrown) {
      setError(toErrorInfo(thrown))
    } finally {
      setSaving(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged) void save()
      }}
    >
      <Stack gap="lg">
        <Section title={t('settings.python.title')}>
          <Stack className="surface" p="md" gap="md">
            <Select
              label={t('settings.python.default')}
              description={t('settings.python.defaultHint')}
              placeholder={t('settings.python.automatic')}
              value={draft.defaultRuntime}
              onChange={(defaultRuntime) => touch({ defaultRuntime })}
              clearable
              maw={520}
              data={runtimes
                .filter((runtime) => runtime.state === 'ready')
                .sort(byVersionDown)
                .map(({ id, version, origin }) => ({
                  value: id,
                  label: `${t('runtimes.version', { version })} · ${t(`runtimes.origins.${origin}`)}`,
                }))}
            />
            <TagsInput
              label={t('settings.python.extra')}
              description={t('settings.python.extraHint')}
              placeholder={draft.extraRuntimes.length === 0 ? t('settings.python.extraPlaceholder') : ''}
              value={draft.extraRuntimes}
              onChange={(extraRuntimes) => touch({ extraRuntimes })}
              splitChars={['\n']}
              maw={520}
            />
          </Stack>
        </Section>
        <Section title={t('settings.network.title')}>
          <Stack className="surface" p="md" gap="md">
            <TextInput
              label={t('settings.network.mirror')}
              description={t('settings.network.mirrorHint')}
              placeholder={t('settings.network.mirrorPlaceholder')}
              value={draft.pythonMirror ?? ''}
              onChange={(event) => touch({ pythonMirror: event.currentTarget.value.trim() || null })}
              maw={520}
            />
            <Select
              label={t('settings.network.installer')}
              description={t('settings.network.installerHint')}
              value={draft.installer}
              onChange={(value) => touch({ installer: installers.find((one) => one === value) ?? 'auto' })}
              allowDeselect={false}
              maw={520}
              data={installers.map((value) => ({ value, label: t(`settings.network.installers.${value}`) }))}
            />
          </Stack>
        </Section>
        <Section title={t('settings.logs.title')}>
          <Stack className="surface" p="md" gap="md">
            <NumberInput
              label={t('settings.logs.size')}
              description={t('settings.logs.sizeHint')}
              value={Math.round((draft.serverLogBytes / megabyte) * 10) / 10}
              onChange={(value) => {
                const megabytes = Number(value)
                if (megabytes >= minLogMegabytes) touch({ serverLogBytes: Math.round(megabytes * megabyte) })
              }}
              suffix={t('settings.logs.unit')}
              min={minLogMegabytes}
              maw={220}
            />
          </Stack>
        </Section>
        {error && <ErrorCard error={error} />}
        <Group gap="xs">
          <Button type="submit" disabled={!isChanged} loading={isSaving}>
            {t('settings.save')}
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setTouched({})}>
              {t('settings.reset')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
