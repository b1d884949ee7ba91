import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { resetOf, settingDifferences } from '../../../contract/index.ts'
import type { Settings } from '../../../contract/index.ts'
import { saveSettings } from '../../stores/settings.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { tell } from '../../ui/tell.ts'
import { SettingChanges } from './setting-changes.tsx'
import { SettingRow } from './setting-row.tsx'
import { tellUndo } from './tell-undo.ts'

export function Reset({ settings }: { readonly settings: Settings }) {
  const [isAsking, setAsking] = useState(false)
  const change = resetOf(settings)
  const isNothing = Object.keys(change).length === 0
  const reset = async () => {
    setAsking(false)
    const changes = settingDifferences(settings, change)
    await saveSettings(change)
    tellUndo(t('settings.reset.done'), settings, changes)
  }
  return (
    <>
      <SettingRow
        label={t('settings.reset.title')}
        hint={isNothing ? t('settings.reset.nothing') : t('settings.reset.text')}
      >
        {(names) => (
          <Button
            variant="default"
            disabled={isNothing}
            aria-describedby={names['aria-describedby']}
            onClick={() => setAsking(true)}
          >
            {t('settings.reset.action')}
          </Button>
        )}
      </SettingRow>
      <Confirm
        isOpen={isAsking}
        title={t('settings.reset.action')}
        action={t('settings.reset.action')}
        isDangerous
        onClose={() => setAsking(false)}
        onConfirm={() => void tell(reset())}
      >
        <Stack gap="sm">
          <Text size="sm">{t('settings.reset.text')}</Text>
          <SettingChanges changes={settingDifferences(settings, change)} />
        </Stack>
      </Confirm>
    </>
  )
}
