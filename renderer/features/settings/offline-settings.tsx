import { Button, Group, Switch } from '@mantine/core'
import { IconPackageExport, IconPackageImport } from '@tabler/icons-react'
import { useState } from 'react'
import type { Settings } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { Section } from '../../ui/page.tsx'
import { CreateBundleDialog } from './create-bundle-dialog.tsx'
import { ImportBundleDialog } from './import-bundle-dialog.tsx'
import { SettingRow } from './setting-row.tsx'
import { useSetting } from './use-setting.ts'

/** Working where there is no network, and what is needed for it. */
export function OfflineSettings({ settings }: { readonly settings: Settings }) {
  const offline = useSetting('offline', settings)
  const [dialog, setDialog] = useState<'create' | 'import'>()
  const close = () => setDialog(undefined)
  return (
    <Section title={t('settings.offline.title')}>
      <div className="surface">
        <SettingRow label={t('settings.offline.label')} hint={t('settings.offline.hint')} {...offline}>
          {(names) => (
            <Switch
              {...names}
              checked={offline.value}
              onChange={(event) => offline.save(event.currentTarget.checked)}
              label={offline.value ? t('settings.notices.on') : t('settings.notices.off')}
            />
          )}
        </SettingRow>
        <SettingRow label={t('settings.offline.bundles')} hint={t('settings.offline.bundlesHint')}>
          {() => (
            <Group gap="xs">
              <Button
                variant="default"
                leftSection={<IconPackageImport size={16} aria-hidden />}
                onClick={() => setDialog('import')}
              >
                {t('settings.offline.import')}
              </Button>
              <Button
                variant="default"
                leftSection={<IconPackageExport size={16} aria-hidden />}
                onClick={() => setDialog('create')}
              >
                {t('settings.offline.create')}
              </Button>
            </Group>
          )}
        </SettingRow>
      </div>
      <CreateBundleDialog isOpen={dialog === 'create'} onClose={close} />
      <ImportBundleDialog isOpen={dialog === 'import'} onClose={close} />
    </Section>
  )
}
