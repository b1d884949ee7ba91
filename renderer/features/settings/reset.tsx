import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { Settings } from '../../../contract/index.ts'
import { saveSettings } from '../../stores/settings.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { tell } from '../../ui/tell.ts'
import { resetOf } from './defaults.ts'

export function Reset({ settings }: { readonly settings: Settings }) {
  const [isAsking, setAsking] = useState(false)
  const change = resetOf(settings)
  const isNothing = Object.keys(change).length === 0
  const reset = async () => {
    setAsking(false)
    await saveSettings(change)
    notifyDone(t('settings.reset.done'))
  }
  return (
    <Section title={t('settings.reset.title')}>
      <Group className="surface" p="md" gap="md" justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {isNothing ? t('settings.reset.nothing') : t('settings.reset.text')}
        </Text>
        <Button variant="default" disabled={isNothing} style={{ flexShrink: 0 }} onClick={() => setAsking(true)}>
          {t('settings.reset.action')}
        </Button>
      </Group>
      <Confirm
        isOpen={isAsking}
        title={t('settings.reset.action')}
        action={t('settings.reset.action')}
        isDangerous
        onClose={() => setAsking(false)}
        onConfirm={() => void tell(reset())}
      >
        <Text size="sm">{t('settings.reset.text')}</Text>
      </Confirm>
    </Section>
  )
}
