import { Anchor, Box, Button, Group, Text } from '@mantine/core'
import { IconFileZip, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { Check } from '../../../contract/index.ts'
import { localTime } from '../../lib/format.ts'
import { runChecks, useHost } from '../../stores/host.ts'
import { closeDialog, hashOf, openDialog, useUi } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Section } from '../../ui/page.tsx'
import { Prose } from '../../ui/prose.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { checkPlaces, checkTones } from './check-tones.ts'
import { DiagnosticsDialog } from './diagnostics-dialog.tsx'

/** What the doctor says: what needs attention first, the rest on request. */
export function CheckList() {
  const checks = useHost((state) => state.checks)
  const checkedAt = useHost((state) => state.checkedAt)
  const isChecking = useHost((state) => state.isChecking)
  const error = useHost((state) => state.checkError)
  const [isAll, setAll] = useState(false)
  const isSaving = useUi((state) => state.dialog === 'diagnostics')
  const open = checks?.filter((check) => check.outcome !== 'ok') ?? []
  const fine = checks?.filter((check) => check.outcome === 'ok') ?? []
  return (
    <Section
      title={t('home.checks.title')}
      actions={
        <Group gap="sm">
          {checkedAt !== undefined && (
            <Text size="xs" c="dimmed">
              {t('home.checkedAt', { time: localTime(checkedAt) })}
            </Text>
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={() => void runChecks()}
            loading={isChecking}
          >
            {t('home.check')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFileZip size={14} aria-hidden />}
            onClick={() => openDialog('home', 'diagnostics')}
          >
            {t('home.diagnostics.open')}
          </Button>
        </Group>
      }
    >
      <DiagnosticsDialog isOpen={isSaving} onClose={closeDialog} />
      {error && <ErrorCard title={t('home.checks.failed')} error={error} onRetry={() => void runChecks()} />}
      {!checks && !error && <Waiting label={t('home.checking')} />}
      {checks && (
        <div className="surface">
          <Group className="row" justify="space-between" px="md" py="sm">
            <StateMark
              tone={open.length === 0 ? 'ok' : 'warning'}
              label={open.length === 0 ? t('home.checks.allFine') : t('home.checks.attention', { count: open.length })}
            />
            <Button size="compact-sm" variant="subtle" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
              {isAll ? t('home.checks.hideFine') : t('home.checks.showFine')}
            </Button>
          </Group>
          {[...open, ...(isAll ? fine : [])].map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
        </div>
      )}
    </Section>
  )
}

function CheckRow({ check }: { readonly check: Check }) {
  const place = checkPlaces[check.id]
  return (
    <Group className="row" px="md" py="sm" wrap="nowrap" align="flex-start" gap="md">
      <Box w={104} style={{ flexShrink: 0 }}>
        <StateMark tone={checkTones[check.outcome]} label={t(`home.checks.${check.outcome}`)} />
      </Box>
      <div style={{ minWidth: 0, flex: 1 }}>
        <Text size="sm" fw={550}>
          {check.title}
        </Text>
        <Text size="sm" c="dimmed" className="break">
          {check.detail}
        </Text>
        {check.hint !== undefined && (
          <Text size="sm" className="break">
            <Prose text={check.hint} />
          </Text>
        )}
      </div>
      {place !== undefined && (
        <Anchor size="sm" href={hashOf({ screen: place.screen, item: place.item })} style={{ flexShrink: 0 }}>
          {t('home.checks.open', { screen: t(`${place.screen}.name`) })}
        </Anchor>
      )}
    </Group>
  )
}
