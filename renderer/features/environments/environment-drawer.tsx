import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Environment } from '../../../contract/index.ts'
import { bytes, localTime } from '../../lib/format.ts'
import { useEnvironments } from '../../stores/environments.ts'
import { useRuntimes } from '../../stores/runtimes.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { PackageList } from './package-list.tsx'
import { RemoveEnvironment } from './remove-environment.tsx'

export interface EnvironmentDrawerProps {
  /** Undefined: closed. */
  readonly name: string | undefined
  readonly onClose: () => void
}

/** Everything about one environment, beside the list. */
export function EnvironmentDrawer({ name, onClose }: EnvironmentDrawerProps) {
  const environment = useEnvironments((state) => state.environments.find((one) => one.name === name))
  return (
    <Drawer
      opened={name !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={name === undefined ? '' : t('environments.detail.label', { name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {environment ? (
        <Detail key={environment.name} environment={environment} />
      ) : (
        <Stack gap="sm" align="flex-start">
          <Text fw={600}>{t('environments.detail.gone', { name: name ?? '' })}</Text>
          <Text size="sm" c="dimmed">
            {t('environments.detail.goneText')}
          </Text>
          <Button variant="default" onClick={onClose}>
            {t('environments.detail.back')}
          </Button>
        </Stack>
      )}
    </Drawer>
  )
}

function Detail({ environment }: { readonly environment: Environment }) {
  const { kind, state, problem, usedBy, requirements } = environment
  const runtime = useRuntimes((all) => all.runtimes.find((one) => one.id === environment.runtime))
  const [isRemoving, setRemoving] = useState(false)
  const standsOn = runtime ? t('runtimes.version', { version: runtime.version }) : undefined
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <StateMark
          tone={state === 'ready' ? 'ok' : 'problem'}
          label={state === 'ready' ? t('environments.ready') : t('environments.broken')}
        />
        {kind === 'user' && (
          <Button size="xs" variant="light" color="red" onClick={() => setRemoving(true)}>
            {t('environments.detail.remove')}
          </Button>
        )}
      </Group>
      {problem && <ErrorCard error={problem} kind="past" />}
      <Facts
        facts={[
          [t('environments.detail.python'), environment.python],
          [t('environments.detail.runtime'), [standsOn, environment.runtime].filter(Boolean).join(' · ')],
          [t('environments.detail.folder'), environment.root],
          [t('environments.detail.interpreter'), environment.executable],
          [t('environments.detail.size'), bytes(environment.sizeBytes)],
          [t('environments.detail.created'), localTime(environment.createdAt)],
          [t('environments.detail.usedBy'), usedBy.length > 0 ? usedBy.join(', ') : t('environments.detail.nobody')],
          [
            t('environments.detail.requirements'),
            requirements.length > 0 ? requirements.join(', ') : t('environments.detail.nothing'),
          ],
        ]}
      />
      <PackageList environment={environment} />
      <RemoveEnvironment environment={environment} isOpen={isRemoving} onClose={() => setRemoving(false)} />
    </Stack>
  )
}
