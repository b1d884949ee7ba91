import { Button, SegmentedControl, Stack, TagsInput } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { noProxyProblem, proxyModes, proxyProblem } from '../../../contract/index.ts'
import type { Settings } from '../../../contract/index.ts'
import { pickPath, useIsDesktop } from '../../stores/desktop.ts'
import { saveSettings } from '../../stores/settings.ts'
import { t } from '../../text/index.ts'
import { Section } from '../../ui/page.tsx'
import { tell } from '../../ui/tell.ts'
import { NetworkEffective } from './network-effective.tsx'
import { NetworkTest } from './network-test.tsx'
import { SettingRow } from './setting-row.tsx'
import { TextSetting } from './text-setting.tsx'
import { useSetting } from './use-setting.ts'

/** How the network is reached, what of it is in effect, and whether it works. */
export function NetworkSettings({ settings }: { readonly settings: Settings }) {
  return (
    <Section title={t('settings.proxy.title')}>
      <div className="surface">
        <ProxyRows settings={settings} />
        <NoProxyRow settings={settings} />
        <CertificateRow settings={settings} />
        <NetworkEffective settings={settings} />
        <NetworkTest />
      </div>
    </Section>
  )
}

function ProxyRows({ settings }: { readonly settings: Settings }) {
  const mode = useSetting('proxy', settings)
  // Chosen, but it has no address yet: then it cannot be the setting.
  const [isWanted, setWanted] = useState(false)
  const isManual = mode.value === 'manual' || isWanted
  const choose = (value: string) => {
    const chosen = proxyModes.find((one) => one === value) ?? 'system'
    const mustWait = chosen === 'manual' && settings.proxyUrl === null
    setWanted(mustWait)
    if (!mustWait) mode.save(chosen)
  }
  const saveAddress = async (text: string) => {
    setWanted(false)
    await saveSettings(text === '' ? { proxy: 'system', proxyUrl: null } : { proxy: 'manual', proxyUrl: text })
  }
  return (
    <>
      <SettingRow label={t('settings.proxy.label')} hint={t('settings.proxy.hint')} {...mode}>
        {(names) => (
          <SegmentedControl
            {...names}
            value={isManual ? 'manual' : mode.value}
            onChange={choose}
            data={proxyModes.map((value) => ({ value, label: t(`settings.proxy.modes.${value}`) }))}
          />
        )}
      </SettingRow>
      {isManual && (
        <SettingRow label={t('settings.proxy.address')} hint={t('settings.proxy.addressHint')}>
          {(names) => (
            <TextSetting
              names={names}
              placeholder={t('settings.proxy.addressPlaceholder')}
              value={settings.proxyUrl ?? ''}
              problemOf={proxyProblem}
              onSave={(text) => void tell(saveAddress(text))}
            />
          )}
        </SettingRow>
      )}
    </>
  )
}

function NoProxyRow({ settings }: { readonly settings: Settings }) {
  const list = useSetting('noProxy', settings)
  const [problem, setProblem] = useState<string>()
  const save = (entries: readonly string[]) => {
    const text = entries.find((entry) => noProxyProblem(entry) !== undefined)
    const found = text === undefined ? undefined : noProxyProblem(text)
    setProblem(text && found && t('settings.proxy.badEntry', { text, problem: found }))
    if (found === undefined) list.save([...entries])
  }
  return (
    <SettingRow label={t('settings.proxy.noProxy')} hint={t('settings.proxy.noProxyHint')} {...list}>
      {(names) => (
        <TagsInput
          {...names}
          placeholder={list.value.length === 0 ? t('settings.proxy.noProxyPlaceholder') : ''}
          value={[...list.value]}
          onChange={save}
          error={problem}
          clearButtonProps={{ 'aria-label': t('settings.proxy.clearNoProxy') }}
        />
      )}
    </SettingRow>
  )
}

function CertificateRow({ settings }: { readonly settings: Settings }) {
  const files = useSetting('extraCa', settings)
  const isDesktop = useIsDesktop()
  const add = async () => {
    const path = await pickPath({ kind: 'file', title: t('settings.proxy.pickCertificate') })
    if (path !== undefined && !files.value.includes(path)) files.save([...files.value, path])
  }
  return (
    <SettingRow label={t('settings.proxy.certificates')} hint={t('settings.proxy.certificatesHint')} {...files}>
      {(names) => (
        <Stack gap="xs" align="stretch">
          <TagsInput
            {...names}
            placeholder={files.value.length === 0 ? t('settings.proxy.certificatesPlaceholder') : ''}
            value={files.value}
            onChange={files.save}
            splitChars={['\n']}
            clearButtonProps={{ 'aria-label': t('settings.proxy.clearCertificates') }}
          />
          {isDesktop && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconFolderOpen size={14} aria-hidden />}
              onClick={() => void tell(add())}
              style={{ alignSelf: 'flex-start' }}
            >
              {t('shell.browse')}
            </Button>
          )}
        </Stack>
      )}
    </SettingRow>
  )
}
