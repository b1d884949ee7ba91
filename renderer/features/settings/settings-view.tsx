import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useHost } from '../../stores/host.ts'
import { useSettings } from '../../stores/settings.ts'
import { t } from '../../text/index.ts'
import { Page, Section } from '../../ui/page.tsx'
import type { ScreenProps } from '../../ui/screen.ts'
import { About } from './about.tsx'
import { GpuSettings } from './gpu-settings.tsx'
import { NetworkSettings } from './network-settings.tsx'
import { OfflineSettings } from './offline-settings.tsx'
import { Part, PartList } from './parts.tsx'
import { showPart, usePartInView } from './part-in-view.ts'
import { Places } from './places.tsx'
import { PythonSettings } from './python-settings.tsx'
import { SettingsFile } from './settings-file.tsx'
import { StorageSettings } from './storage-settings.tsx'
import { StopHost } from './stop-host.tsx'
import { WindowSettings } from './window-settings.tsx'

/** A part in the address goes to it: `#/settings/network`. */
export function SettingsView({ item }: ScreenProps) {
  const settings = useSettings((state) => state.settings)
  const info = useHost((state) => state.info)
  const [isStopping, setStopping] = useState(false)
  useEffect(() => {
    if (item !== undefined) showPart(item)
  }, [item])
  const inView = usePartInView(item)
  return (
    <Page title={t('settings.name')} subtitle={t('settings.subtitle')}>
      <div className="parted">
        <Stack gap="lg">
          {settings && (
            <>
              <Part id="window">
                <WindowSettings settings={settings} />
              </Part>
              <Part id="python">
                <PythonSettings settings={settings} />
              </Part>
              <Part id="network">
                <NetworkSettings settings={settings} />
              </Part>
              <Part id="offline">
                <OfflineSettings settings={settings} />
              </Part>
              <Part id="gpu">
                <GpuSettings settings={settings} />
              </Part>
              <Part id="storage">
                <StorageSettings settings={settings} />
              </Part>
            </>
          )}
          <Part id="places">{info && <Places info={info} />}</Part>
          <Part id="all">{settings && <SettingsFile settings={settings} />}</Part>
          <Part id="about">{info && <About info={info} />}</Part>
          <Part id="stop">
            <Section title={t('settings.stop.title')}>
              <Group className="surface" p="md" gap="md" justify="space-between" wrap="nowrap">
                <Text size="sm" c="dimmed">
                  {t('settings.stop.text')}
                </Text>
                <Button variant="light" color="red" style={{ flexShrink: 0 }} onClick={() => setStopping(true)}>
                  {t('settings.stop.action')}
                </Button>
              </Group>
            </Section>
          </Part>
        </Stack>
        <PartList current={inView} />
      </div>
      <StopHost isOpen={isStopping} onClose={() => setStopping(false)} />
    </Page>
  )
}
