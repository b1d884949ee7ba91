import { Badge, Box, Button, Collapse, Group, Text } from '@mantine/core'
import { useId, useState } from 'react'
import type { Runtime } from '../../../contract/index.ts'
import { bytes, localTime } from '../../lib/format.ts'
import { call } from '../../stores/call.ts'
import { useEnvironments } from '../../stores/environments.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { tell } from '../../ui/tell.ts'
import { RemoveRuntime } from './remove-runtime.tsx'

const yesNo = (value: boolean) => (value ? t('runtimes.facts.yes') : t('runtimes.facts.no'))

/** One Python: what it is, who uses it, and what can be done with it. A broken one says why. */
export function RuntimeRow({ runtime }: { readonly runtime: Runtime }) {
  const { id, version, executable, isDefault, probe, sizeBytes, installedAt } = runtime
  const environments = useEnvironments((state) => state.environments)
  const users = environments.filter((environment) => environment.runtime === id).map(({ name }) => name)
  const [isOpen, setOpen] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const details = useId()
  // One that cannot even tell its version.
  const isKnown = /^\d/u.test(version)
  const isReady = runtime.state === 'ready'
  const makeDefault = async () => {
    await call('runtimes.setDefault', { id })
    notifyDone(t('runtimes.madeDefault', { version }))
  }
  return (
    <Box className="row" px="md" py="sm">
      <Group justify="space-between" wrap="nowrap" gap="md">
        <div style={{ minWidth: 0, flex: 1 }}>
          <Group gap="xs">
            <Text fw={600} size="sm">
              {isKnown ? t('runtimes.version', { version }) : t('runtimes.unknown')}
            </Text>
            {isDefault && <Badge size="sm">{t('runtimes.default')}</Badge>}
            {users.length > 0 && (
              <Text size="xs" c="dimmed" title={users.join(', ')}>
                {t('runtimes.usedBy', { count: users.length })}
              </Text>
            )}
            {sizeBytes !== undefined && (
              <Text size="xs" c="dimmed">
                {bytes(sizeBytes)}
              </Text>
            )}
          </Group>
          <Text size="xs" c="dimmed" ff="monospace" className="ellipsis" title={executable}>
            {executable}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <StateMark
            tone={isReady ? 'ok' : runtime.source === 'managed' ? 'problem' : 'quiet'}
            label={isReady ? t('runtimes.ready') : t('runtimes.broken')}
          />
          {isReady && !isDefault && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('runtimes.makeDefaultOf', { version })}
              onClick={() => void tell(makeDefault())}
            >
              {t('runtimes.makeDefault')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-expanded={isOpen}
            aria-controls={details}
            aria-label={t('runtimes.detailsOf', { version })}
            onClick={() => setOpen(!isOpen)}
          >
            {t('runtimes.details')}
          </Button>
          {runtime.source === 'managed' && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              aria-label={t('runtimes.removeOf', { version })}
              onClick={() => setRemoving(true)}
            >
              {t('runtimes.remove')}
            </Button>
          )}
        </Group>
      </Group>
      {!isReady && runtime.problem && (
        <Box mt="xs">
          <ErrorCard error={runtime.problem} kind={runtime.source === 'managed' ? 'past' : 'known'} />
        </Box>
      )}
      <Collapse expanded={isOpen} id={details}>
        <Box pt="sm">
          <Facts
            facts={[
              [t('runtimes.facts.id'), id],
              [t('runtimes.facts.executable'), executable],
              [t('runtimes.facts.implementation'), runtime.implementation],
              [t('runtimes.facts.architecture'), runtime.architecture],
              [t('runtimes.facts.origin'), t(`runtimes.origins.${runtime.origin}`)],
              [t('runtimes.facts.size'), sizeBytes === undefined ? undefined : bytes(sizeBytes)],
              [t('runtimes.facts.installedAt'), installedAt === undefined ? undefined : localTime(installedAt)],
              [t('runtimes.facts.venv'), probe && yesNo(probe.hasVenv)],
              [t('runtimes.facts.externallyManaged'), probe && yesNo(probe.externallyManaged)],
              [t('runtimes.facts.usedBy'), users.length > 0 ? users.join(', ') : undefined],
            ]}
          />
        </Box>
      </Collapse>
      <RemoveRuntime runtime={runtime} users={users} isOpen={isRemoving} onClose={() => setRemoving(false)} />
    </Box>
  )
}
