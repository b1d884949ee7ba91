import { Group, Text } from '@mantine/core'
import type { Server } from '../../../contract/index.ts'
import { elapsed } from '../../lib/format.ts'
import { t } from '../../text/index.ts'
import { useNow } from '../../ui/use-now.ts'
import { isChangedSince, uptimeMs } from './server-facts.ts'

/** The small print: where it runs, since when, and what is worth knowing. */
export function ServerLine({ server }: { readonly server: Server }) {
  const { environment, pid, spec, transport, state, workersLost, restarts } = server
  const port =
    spec.port === null
      ? t('servers.facts.portUsual')
      : spec.port === 0
        ? t('servers.facts.portAny')
        : t('servers.facts.portFixed', { port: spec.port })
  const parts = [
    `${t('servers.facts.environment')}: ${environment}`,
    pid === null ? undefined : t('servers.facts.pid', { pid }),
    transport === 'pipe' || state === 'running' ? undefined : port,
    spec.workers === 1 ? undefined : t('servers.facts.workers', { count: spec.workers }),
  ]
  return (
    <Group gap={4} mt={2}>
      <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {parts.filter((part) => part !== undefined).join(' · ')}
        {state === 'running' && <Uptime server={server} />}
      </Text>
      {transport !== 'pipe' && spec.auth === 'none' && <Mark text={t('servers.facts.noAuth')} />}
      {workersLost > 0 && <Mark text={t('servers.facts.lost', { count: workersLost })} />}
      {state === 'running' && restarts && <Mark text={t('servers.facts.back', { count: restarts.attempt })} />}
      {isChangedSince(server) && <Mark text={t('servers.facts.changed')} />}
    </Group>
  )
}

function Mark({ text }: { readonly text: string }) {
  return (
    <Text size="sm" fw={600} className="tone-warning">
      · {text}
    </Text>
  )
}

/** For itself, so that a second that passes draws a few letters and no card. */
function Uptime({ server }: { readonly server: Server }) {
  const uptime = uptimeMs(server, useNow(true))
  return uptime === undefined ? null : ` · ${t('servers.facts.uptime', { duration: elapsed(uptime) })}`
}
