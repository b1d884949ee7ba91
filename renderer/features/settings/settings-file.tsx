import { Button, Group } from '@mantine/core'
import { IconFileExport, IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import type { Settings } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { t } from '../../text/index.ts'
import { Section } from '../../ui/page.tsx'
import { saveText } from '../../ui/save-text.ts'
import { tell } from '../../ui/tell.ts'
import { ImportSettingsDialog } from './import-settings-dialog.tsx'
import { Reset } from './reset.tsx'
import { SettingRow } from './setting-row.tsx'

/** All settings at once: out into a file, in from one, back to the first ones. */
export function SettingsFile({ settings }: { readonly settings: Settings }) {
  const [isImporting, setImporting] = useState(false)
  const save = async () => {
    const { name, text } = await call('settings.export', {})
    saveText(name, text)
  }
  return (
    <Section title={t('settings.file.title')}>
      <div className="surface">
        <SettingRow label={t('settings.file.label')} hint={t('settings.file.hint')}>
          {(names) => (
            <Group gap="xs" role="group" {...names}>
              <Button
                variant="default"
                leftSection={<IconFileExport size={16} aria-hidden />}
                onClick={() => void tell(save())}
              >
                {t('settings.file.export')}
              </Button>
              <Button
                variant="default"
                leftSection={<IconFileImport size={16} aria-hidden />}
                onClick={() => setImporting(true)}
              >
                {t('settings.file.import')}
              </Button>
            </Group>
          )}
        </SettingRow>
        <Reset settings={settings} />
      </div>
      <ImportSettingsDialog isOpen={isImporting} before={settings} onClose={() => setImporting(false)} />
    </Section>
  )
}
