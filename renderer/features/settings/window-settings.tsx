import { SegmentedControl, Select, Switch, Text } from '@mantine/core'
import { closeBehaviours, themes } from '../../../contract/index.ts'
import type { Settings } from '../../../contract/index.ts'
import { useIsDesktop } from '../../stores/desktop.ts'
import { useHost } from '../../stores/host.ts'
import { chooseNotices, noticeStateOf, useNotices } from '../../stores/notices.ts'
import { setTheme, useTheme } from '../../stores/theme.ts'
import { t } from '../../text/index.ts'
import { Section } from '../../ui/page.tsx'
import { tell } from '../../ui/tell.ts'
import { SettingRow } from './setting-row.tsx'
import { useSetting } from './use-setting.ts'

/** How the window looks, what closing it does, and what is told while nobody looks at it. */
export function WindowSettings({ settings }: { readonly settings: Settings }) {
  const theme = useTheme((state) => state.theme)
  const isDesktop = useIsDesktop()
  const login = useSetting('startAtLogin', settings)
  const close = useSetting('closeBehaviour', settings)
  return (
    <>
      <Section title={t('settings.look.title')}>
        <div className="surface">
          <SettingRow label={t('settings.look.theme')} hint={t('settings.look.themeHint')}>
            {(names) => (
              <SegmentedControl
                {...names}
                value={theme}
                onChange={(value) => void tell(setTheme(value))}
                data={themes.map((value) => ({ value, label: t(`shell.theme.${value}`) }))}
              />
            )}
          </SettingRow>
          <NoticesRow />
        </div>
      </Section>
      <Section title={t('settings.desktop.title')}>
        {!isDesktop && (
          <Text size="sm" c="dimmed" mb="xs">
            {t('settings.desktop.note')}
          </Text>
        )}
        <div className="surface">
          <SettingRow
            label={t('settings.desktop.startAtLogin')}
            hint={t('settings.desktop.startAtLoginHint')}
            {...login}
          >
            {(names) => (
              <Switch
                {...names}
                checked={login.value}
                onChange={(event) => login.save(event.currentTarget.checked)}
                label={login.value ? t('settings.notices.on') : t('settings.notices.off')}
              />
            )}
          </SettingRow>
          <SettingRow label={t('settings.desktop.close')} hint={t('settings.desktop.closeHint')} {...close}>
            {(names) => (
              <Select
                {...names}
                value={close.value}
                onChange={(value) => close.save(closeBehaviours.find((one) => one === value) ?? 'hide')}
                allowDeselect={false}
                data={closeBehaviours.map((value) => ({ value, label: t(`settings.desktop.closes.${value}`) }))}
              />
            )}
          </SettingRow>
        </div>
      </Section>
    </>
  )
}

/** Notifications of the system: the browser asks the user the first time; the desktop app does it by itself. */
function NoticesRow() {
  const notices = useNotices()
  const state = noticeStateOf(
    notices,
    useHost((host) => host.info),
  )
  const isOn = state === 'on'
  return (
    <SettingRow
      label={t('settings.notices.label')}
      hint={isOn || state === 'off' ? t('settings.notices.hint') : t(`settings.notices.${state}`)}
    >
      {(names) =>
        (isOn || state === 'off') && (
          <Switch
            {...names}
            checked={isOn}
            onChange={(event) => void tell(chooseNotices(event.currentTarget.checked))}
            label={isOn ? t('settings.notices.on') : t('settings.notices.off')}
          />
        )
      }
    </SettingRow>
  )
}
