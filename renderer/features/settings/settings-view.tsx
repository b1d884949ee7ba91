import { Button, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { localTime } from '../../lib/format.ts'
import { useHost } from '../../stores/host.ts'
import { useSettings } from '../../stores/settings.ts'
import { setTheme, useTheme } from '../../stores/theme.ts'
import { tell } from '../../ui/tell.ts'
import { themes } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { Facts } from '../../ui/facts.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { SettingsForm } from './settings-form.tsx'
import { StopHost } from './stop-host.tsx'

export function SettingsView() {
  const settings = useSettings((state) => state.settings)
  const info = useHost((state) => state.info)
  const theme = useTheme((state) => state.theme)
  const [isStopping, setStopping] = useState(false)
  return (
    <Page title={t('settings.name')} subtitle={t('settings.subtitle')}>
      <Section title={t('settings.look.title')}>
        <Stack className="surface" p="md" gap={6} align="flex-start">
          <SegmentedControl
            aria-label={t('settings.look.theme')}
            value={theme}
            onChange={(value) => void tell(setTheme(value))}
            data={themes.map((value) => ({ value, label: t(`shell.theme.${value}`) }))}
          />
          <Text size="xs" c="dimmed">
            {t('settings.look.themeHint')}
          </Text>
        </Stack>
      </Section>
      {settings && <SettingsForm settings={settings} />}
      {info && (
        <Section title={t('settings.about.title')}>
          <div className="surface" style={{ padding: 16 }}>
            <Facts
              facts={[
                [t('settings.about.version'), info.version],
                [t('settings.about.home'), info.home],
                [t('settings.about.pid'), info.pid ?? undefined],
                [t('settings.about.startedAt'), info.startedAt === null ? undefined : localTime(info.startedAt)],
                [t('settings.about.node'), info.node],
                [t('settings.about.platform'), info.platform],
                [t('settings.about.instance'), info.instanceId ?? undefined],
              ]}
            />
          </div>
        </Section>
      )}
      <Section title={t('settings.stop.title')}>
        <Stack className="surface" p="md" gap="sm" align="flex-start">
          <Text size="sm">{t('settings.stop.text')}</Text>
          <Button variant="light" color="red" onClick={() => setStopping(true)}>
            {t('settings.stop.action')}
          </Button>
        </Stack>
      </Section>
      <StopHost isOpen={isStopping} onClose={() => setStopping(false)} />
    </Page>
  )
}
