import { Badge, Box, Button, Code, Group, Text, Title } from '@mantine/core'
import { IconFileText, IconPlugConnected } from '@tabler/icons-react'
import { useId } from 'react'
import type { Server } from '../../../contract/index.ts'
import { duration } from '../../lib/format.ts'
import { useJobs } from '../../stores/jobs.ts'
import { goTo } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ServerActions } from './server-actions.tsx'
import { ServerFailure } from './server-failure.tsx'
import { addressOf, startJobOf, stateTones, uptimeMs } from './server-facts.ts'

export interface ServerCardProps {
  readonly server: Server
  readonly onChange: () => void
}

/** One server: how it stands, where it is reached, what can be done with it, and why it failed. */
export function ServerCard({ server, onChange }: ServerCardProps) {
  const { name, state, endpoint, transport } = server
  const id = useId()
  const start = useJob('servers.start')
  const stop = useJob('servers.stop')
  const restart = useJob('servers.restart')
  const starting = useJobs((all) => startJobOf(all.jobs, name))
  // What the server says of itself is newer than the answer to the last button.
  const failure = server.error ?? start.error ?? restart.error ?? stop.error
  const isIdle = state === 'failed' || state === 'stopped' || stop.error !== undefined
  return (
    <Box component="li" className="surface" p="md" aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="md">
        <div style={{ minWidth: 0 }}>
          <Group gap="sm" wrap="nowrap">
            <Title order={2} id={id} className="ellipsis" title={name}>
              {name}
            </Title>
            <Badge variant="default" tt="none" style={{ flexShrink: 0 }}>
              {t(`servers.transports.${transport}`)}
            </Badge>
            <StateMark tone={stateTones[state]} label={t(`servers.states.${state}`)} />
          </Group>
          <ServerLine server={server} />
        </div>
        <ServerActions server={server} starting={starting} controls={{ start, stop, restart }} onChange={onChange} />
      </Group>
      {endpoint && (
        <Group gap="xs" mt="sm" wrap="nowrap">
          <Code className="ellipsis" title={addressOf(endpoint)} fz="sm">
            {addressOf(endpoint)}
          </Code>
          <CopyButton text={addressOf(endpoint)} />
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlugConnected size={14} aria-hidden />}
            style={{ flexShrink: 0 }}
            onClick={() => goTo('servers', name)}
          >
            {t('servers.actions.connect')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFileText size={14} aria-hidden />}
            style={{ flexShrink: 0 }}
            onClick={() => goTo('logs', name)}
          >
            {t('servers.actions.logs')}
          </Button>
        </Group>
      )}
      {starting && (
        <Box mt="sm">
          <ProgressLine progress={starting.progress} />
        </Box>
      )}
      {failure && isIdle && !starting && (
        <Box mt="sm">
          <ServerFailure
            server={server}
            error={failure}
            start={start}
            stop={stop}
            isStopFailure={failure === stop.error}
          />
        </Box>
      )}
    </Box>
  )
}

/** The small print: where it runs, since when, and what is worth knowing. */
function ServerLine({ server }: { readonly server: Server }) {
  const { environment, pid, spec, transport, state, workersLost } = server
  const now = useNow(state === 'running')
  const uptime = uptimeMs(server, now)
  const port =
    spec.port === null
      ? t('servers.facts.portUsual')
      : spec.port === 0
        ? t('servers.facts.portAny')
        : t('servers.facts.portFixed', { port: spec.port })
  const parts = [
    `${t('servers.facts.environment')}: ${environment}`,
    pid === null ? undefined : t('servers.facts.pid', { pid }),
    uptime === undefined ? undefined : t('servers.facts.uptime', { duration: duration(uptime) }),
    transport === 'pipe' || state === 'running' ? undefined : port,
  ]
  return (
    <Group gap={4} mt={2}>
      <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {parts.filter((part) => part !== undefined).join(' · ')}
      </Text>
      {transport !== 'pipe' && spec.auth === 'none' && (
        <Text size="sm" fw={600} className="tone-warning">
          · {t('servers.facts.noAuth')}
        </Text>
      )}
      {workersLost > 0 && (
        <Text size="sm" fw={600} className="tone-warning">
          · {t('servers.facts.lost', { count: workersLost })}
        </Text>
      )}
    </Group>
  )
}
