import { Badge, Box, Button, Collapse, Group, Text } from '@mantine/core'
import { useId, useState } from 'react'
import type { Runtime } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { call } from '../../stores/call.ts'
import { useEnvironments } from '../../stores/environments.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { tell } from '../../ui/tell.ts'
import { RemoveRuntime } from './remove-runtime.tsx'
import { RuntimeFacts } from './runtime-facts.tsx'

/** One Python: what it is, who uses it, and what can be done with it. A broken one says why. */
export function RuntimeRow({ runtime }: { readonly runtime: Runtime }) {
  const { id, version, executable, isDefault, sizeBytes, origin, problem } = runtime
  const environments = useEnvironments((state) => state.environments)
  const users = environments.filter((environment) => environment.runtime === id).map(({ name }) => name)
  const [isOpen, setOpen] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const details = useId()
  // One that cannot even tell its version.
  const isKnown = /^\d/u.test(version)
  const isReady = runtime.state === 'ready'
  const isManaged = runtime.source === 'managed'
  const makeDefault = async () => {
    await call('runtimes.setDefault', { id })
    notifyDone(t('runtimes.madeDefault', { version }))
  }
  const notes = [
    isManaged ? undefined : t(`runtimes.origins.${origin}`),
    sizeBytes === undefined ? undefined : bytes(sizeBytes),
    users.length === 0 ? undefined : t('runtimes.usedBy', { count: users.length }),
  ].filter((note) => note !== undefined)
  return (
    <Box className="row" px="md" py="sm">
      <Group justify="space-between" wrap="nowrap" gap="md">
        <div style={{ minWidth: 0, flex: 1 }}>
          <Group gap="xs">
            <Text fw={600} size="sm">
              {isKnown ? t('runtimes.version', { version }) : t('runtimes.unknown')}
            </Text>
            {isDefault && <Badge size="sm">{t('runtimes.default')}</Badge>}
            <Text size="xs" c="dimmed" title={users.join(', ')}>
              {notes.join(' · ')}
            </Text>
          </Group>
          <Text size="xs" c="dimmed" ff="monospace" className="ellipsis" title={executable}>
            {executable}
          </Text>
          {!isReady && problem && !isManaged && (
            <Text size="xs" className="break">
              {problem.message}
            </Text>
          )}
        </div>
        <Group gap="xs" wrap="nowrap">
          <StateMark
            tone={isReady ? 'ok' : isManaged ? 'problem' : 'quiet'}
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
            aria-expanded={isOpen}
            aria-controls={details}
            aria-label={t('runtimes.detailsOf', { version })}
            onClick={() => setOpen(!isOpen)}
          >
            {t('runtimes.details')}
          </Button>
          {isManaged && (
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
      {!isReady && problem && isManaged && (
        <Box mt="xs">
          <ErrorCard error={problem} kind="past" />
        </Box>
      )}
      <Collapse expanded={isOpen} id={details}>
        <Box pt="sm">
          <RuntimeFacts runtime={runtime} users={users} />
          {!isReady && problem && !isManaged && (
            <Box mt="sm">
              <ErrorCard error={problem} kind="known" />
            </Box>
          )}
        </Box>
      </Collapse>
      <RemoveRuntime runtime={runtime} users={users} isOpen={isRemoving} onClose={() => setRemoving(false)} />
    </Box>
  )
}
