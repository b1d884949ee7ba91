import { Button, NumberInput, Select, Stack, TagsInput } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { indexProblem } from '../../../contract/index.ts'
import type { Settings } from '../../../contract/index.ts'
import { byVersionDown } from '../../lib/format.ts'
import { pickPath, useIsDesktop } from '../../stores/desktop.ts'
import { useRuntimes } from '../../stores/runtimes.ts'
import { t } from '../../text/index.ts'
import { Section } from '../../ui/page.tsx'
import { tell } from '../../ui/tell.ts'
import { megabyte, minLogMegabytes } from './defaults.ts'
import { InstallerSettings } from './installer-settings.tsx'
import { SettingRow } from './setting-row.tsx'
import { runtimeLabel } from './setting-words.ts'
import { TextSetting } from './text-setting.tsx'
import { useSetting } from './use-setting.ts'

/** What environments stand on, where downloads and packages come from, how much of the logs is kept. */
export function PythonSettings({ settings }: { readonly settings: Settings }) {
  const runtimes = useRuntimes((state) => state.runtimes)
  const isDesktop = useIsDesktop()
  const standard = useSetting('defaultRuntime', settings)
  const extra = useSetting('extraRuntimes', settings)
  const mirror = useSetting('pythonMirror', settings)
  const index = useSetting('packageIndex', settings)
  const addInterpreter = async () => {
    const path = await pickPath({ kind: 'file', title: t('settings.python.pick') })
    if (path !== undefined && !extra.value.includes(path)) extra.save([...extra.value, path])
  }
  return (
    <>
      <Section title={t('settings.python.title')}>
        <div className="surface">
          <SettingRow label={t('settings.python.default')} hint={t('settings.python.defaultHint')} {...standard}>
            {(names) => (
              <Select
                {...names}
                placeholder={t('settings.automatic')}
                value={standard.value}
                onChange={standard.save}
                clearable
                clearButtonProps={{ 'aria-label': t('settings.automatic') }}
                data={runtimes
                  .filter((runtime) => runtime.state === 'ready')
                  .sort(byVersionDown)
                  .map((runtime) => ({ value: runtime.id, label: runtimeLabel(runtime) }))}
              />
            )}
          </SettingRow>
          <SettingRow label={t('settings.python.extra')} hint={t('settings.python.extraHint')} {...extra}>
            {(names) => (
              <Stack gap="xs" align="stretch">
                <TagsInput
                  {...names}
                  placeholder={extra.value.length === 0 ? t('settings.python.extraPlaceholder') : ''}
                  value={extra.value}
                  onChange={extra.save}
                  splitChars={['\n']}
                  clearButtonProps={{ 'aria-label': t('settings.python.clearExtra') }}
                />
                {isDesktop && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    leftSection={<IconFolderOpen size={14} aria-hidden />}
                    onClick={() => void tell(addInterpreter())}
                    style={{ alignSelf: 'flex-start' }}
                  >
                    {t('shell.browse')}
                  </Button>
                )}
              </Stack>
            )}
          </SettingRow>
        </div>
      </Section>
      <Section title={t('settings.network.title')}>
        <div className="surface">
          <SettingRow label={t('settings.network.mirror')} hint={t('settings.network.mirrorHint')} {...mirror}>
            {(names) => (
              <TextSetting
                names={names}
                placeholder={t('settings.network.mirrorPlaceholder')}
                value={mirror.value ?? ''}
                onSave={(text) => mirror.save(text === '' ? null : text)}
                onPick={isDesktop ? () => pickPath({ kind: 'folder', title: t('settings.network.pick') }) : undefined}
              />
            )}
          </SettingRow>
          <SettingRow label={t('settings.network.index')} hint={t('settings.network.indexHint')} {...index}>
            {(names) => (
              <TextSetting
                names={names}
                placeholder={t('settings.network.indexPlaceholder')}
                value={index.value ?? ''}
                problemOf={indexProblem}
                onSave={(text) => index.save(text === '' ? null : text)}
              />
            )}
          </SettingRow>
          <InstallerSettings settings={settings} />
        </div>
      </Section>
      <LogSettings settings={settings} />
    </>
  )
}

function LogSettings({ settings }: { readonly settings: Settings }) {
  const size = useSetting('serverLogBytes', settings)
  const saved = Math.round((size.value / megabyte) * 10) / 10
  const [typed, setTyped] = useState<number | string>()
  useEffect(() => setTyped(undefined), [saved])
  const isTooSmall = typed !== undefined && Number(typed) < minLogMegabytes
  const commit = () => {
    if (typed === undefined || isTooSmall) return
    setTyped(undefined)
    if (Number(typed) !== saved) size.save(Math.round(Number(typed) * megabyte))
  }
  return (
    <Section title={t('settings.logs.title')}>
      <div className="surface">
        <SettingRow label={t('settings.logs.size')} hint={t('settings.logs.sizeHint')} {...size}>
          {(names) => (
            <NumberInput
              {...names}
              value={typed ?? saved}
              onChange={setTyped}
              onBlur={commit}
              onKeyDown={(event) => {
                if (event.key === 'Enter') commit()
                if (event.key === 'Escape') setTyped(undefined)
              }}
              error={isTooSmall ? t('settings.logs.tooSmall', { min: minLogMegabytes }) : undefined}
              suffix={t('settings.logs.unit')}
              decimalScale={1}
              allowNegative={false}
              maw={160}
            />
          )}
        </SettingRow>
      </div>
    </Section>
  )
}
