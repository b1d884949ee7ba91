import { Badge, Box, Button, Code, Group, Title } from '@mantine/core'
import { IconFileText, IconPlugConnected, IconStack2, IconTerminal2 } from '@tabler/icons-react'
import { memo, useId } from 'react'
import { addressOf } from '../../../contract/index.ts'
import type { Server } from '../../../contract/index.ts'
import { useJobs } from '../../stores/jobs.ts'
import { goTo } from '../../stores/ui.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { ServerActions } from './server-actions.tsx'
import { ServerFailure } from './server-failure.tsx'
import { shownState, startJobOf, stateTones } from './server-facts.ts'
import { ServerLine } from './server-line.tsx'
import { openServer } from './server-panel.ts'
import { ServerWork } from './server-work.tsx'
import { UsageFigures } from './usage-figures.tsx'

export interface ServerCardProps {
  readonly server: Server
  /** Must stay the same from one drawing to the next: of fifty cards only the one that changed is drawn. */
  readonly onEdit: (server: Server) => void
  readonly onCopy: (server: Server) => void
}

/** One server: how it stands, where it is reached, what it takes, what can be done with it, and why it failed. */
export const ServerCard = memo(function ServerCard({ server, onEdit, onCopy }: ServerCardProps) {
  const { name, state, endpoint, transport } = server
  const shown = shownState(server)
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
            <StateMark tone={stateTones[shown]} label={t(`servers.states.${shown}`)} />
          </Group>
          <ServerLine server={server} />
        </div>
        <ServerActions
          server={server}
          starting={starting}
          controls={{ start, stop, restart }}
          onEdit={onEdit}
          onCopy={onCopy}
        />
      </Group>
      {endpoint && (
        <div className="server-reach">
          <Group gap="xs" wrap="nowrap" className="server-ways">
            <Code className="ellipsis server-address" title={addressOf(endpoint)} fz="sm">
              {addressOf(endpoint)}
            </Code>
            <CopyButton text={addressOf(endpoint)} name={t('servers.actions.copyAddress', { name })} />
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconPlugConnected size={14} aria-hidden />}
              style={{ flexShrink: 0 }}
              aria-label={t('servers.connect.title', { name })}
              onClick={() => openServer(name, 'connect')}
            >
              {t('servers.actions.connect')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconStack2 size={14} aria-hidden />}
              style={{ flexShrink: 0 }}
              aria-label={t('servers.actions.sessionsOf', { name })}
              onClick={() => openServer(name, 'sessions')}
            >
              {t('servers.actions.sessions')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconTerminal2 size={14} aria-hidden />}
              style={{ flexShrink: 0 }}
              aria-label={t('servers.actions.playgroundOf', { name })}
              onClick={() => goTo('playground', name)}
            >
              {t('servers.actions.playground')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconFileText size={14} aria-hidden />}
              style={{ flexShrink: 0 }}
              aria-label={t('servers.actions.logsTitle', { name })}
              onClick={() => goTo('logs', name)}
            >
              {t('servers.actions.logs')}
            </Button>
          </Group>
          {server.startedAt !== null && <UsageFigures name={name} startedAt={server.startedAt} />}
          {server.startedAt !== null && <ServerWork name={name} startedAt={server.startedAt} />}
        </div>
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
            onEdit={onEdit}
          />
        </Box>
      )}
    </Box>
  )
})
