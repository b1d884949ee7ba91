import { Button, Group, Text } from '@mantine/core'
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
import { Places } from './places.tsx'
import { PythonSettings } from './python-settings.tsx'
import { Reset } from './reset.tsx'
import { StorageSettings } from './storage-settings.tsx'
import { StopHost } from './stop-host.tsx'
import { WindowSettings } from './window-settings.tsx'

/** In the address, `network`, `places` or `about` goes to that part. */
export function SettingsView({ item }: ScreenProps) {
  const settings = useSettings((state) => state.settings)
  const info = useHost((state) => state.info)
  const [isStopping, setStopping] = useState(false)
  useEffect(() => {
    if (item !== undefined) document.querySelector(`#settings-${CSS.escape(item)}`)?.scrollIntoView()
  }, [item])
  return (
    <Page title={t('settings.name')} subtitle={t('settings.subtitle')}>
      {settings && <WindowSettings settings={settings} />}
      {settings && <PythonSettings settings={settings} />}
      {settings && <GpuSettings settings={settings} />}
      {settings && (
        <div id="settings-network" className="jump">
          <NetworkSettings settings={settings} />
        </div>
      )}
      {settings && <OfflineSettings settings={settings} />}
      {settings && (
        <div id="settings-storage" className="jump">
          <StorageSettings settings={settings} />
        </div>
      )}
      {info && (
        <div id="settings-places" className="jump">
          <Places info={info} />
        </div>
      )}
      {settings && <Reset settings={settings} />}
      {info && (
        <div id="settings-about" className="jump">
          <About info={info} />
        </div>
      )}
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
      <StopHost isOpen={isStopping} onClose={() => setStopping(false)} />
    </Page>
  )
}
