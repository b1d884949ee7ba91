import { Badge, Box, Button, Group, Text } from '@mantine/core'
import { IconEraser, IconHandStop, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Session } from '../../../contract/index.ts'
import { bytes, elapsed, localTime, span } from '../../lib/format.ts'
import { call } from '../../stores/call.ts'
import { closeSession, refreshSessions, resetSession } from '../../stores/sessions.ts'
import { t } from '../../text/index.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { tell } from '../../ui/tell.ts'
import { useNow } from '../../ui/use-now.ts'
import { HandleList } from './handle-list.tsx'

export interface SessionRowProps {
  readonly server: string
  readonly session: Session
  /** Milliseconds: when it was as it is described. */
  readonly at: number
}

/** One session: whose it is, how it stands, and what can be done with it. */
export function SessionRow({ server, session, at }: SessionRowProps) {
  const { id, name, pid, requests } = session
  const [asked, setAsked] = useState<'reset' | 'close'>()
  const title = name ?? id
  const act = (what: 'reset' | 'close') => {
    setAsked(undefined)
    void tell((what === 'reset' ? resetSession : closeSession)(server, id))
  }
  return (
    <Box component="li" className="row" px="md" py="sm" aria-label={title}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs" wrap="nowrap">
            <Text fw={600} className="ellipsis" title={title}>
              {title}
            </Text>
            {name !== null && (
              <Text size="xs" c="dimmed" style={{ flexShrink: 0 }}>
                {id}
              </Text>
            )}
            {pid !== null && (
              <Badge variant="default" tt="none" style={{ flexShrink: 0 }}>
                {t('servers.sessions.own', { pid })}
              </Badge>
            )}
          </Group>
          <SessionTimes session={session} at={at} />
          <Text size="xs" c="dimmed">
            {limitsOf(session)}
          </Text>
        </div>
        <Group gap={6} wrap="nowrap" style={{ flexShrink: 0 }}>
          {requests > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconHandStop size={14} aria-hidden />}
              aria-label={t('servers.sessions.interruptLabel', { name: title })}
              onClick={() =>
                void tell(
                  call('servers.interrupt', { name: server, sessionId: id }).then(() => refreshSessions(server)),
                )
              }
            >
              {t('servers.sessions.interrupt')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconEraser size={14} aria-hidden />}
            aria-label={t('servers.sessions.resetLabel', { name: title })}
            onClick={() => setAsked('reset')}
          >
            {t('servers.sessions.reset')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconX size={14} aria-hidden />}
            aria-label={t('servers.sessions.closeLabel', { name: title })}
            onClick={() => setAsked('close')}
          >
            {t('servers.sessions.close')}
          </Button>
        </Group>
      </Group>
      {session.handles === 0 ? (
        <Text size="xs" c="dimmed">
          {t('servers.sessions.noHandles')}
        </Text>
      ) : (
        <HandleList
          server={server}
          sessionId={id}
          count={session.handles}
          label={t('servers.sessions.handles', { count: session.handles, limit: session.handleLimit.toLocaleString() })}
          emptyText={t('servers.sessions.noHandles')}
        />
      )}
      <Confirm
        isOpen={asked !== undefined}
        title={t(asked === 'reset' ? 'servers.sessions.resetLabel' : 'servers.sessions.closeLabel', { name: title })}
        action={t(asked === 'reset' ? 'servers.sessions.resetLabel' : 'servers.sessions.closeLabel', { name: title })}
        isDangerous
        onClose={() => setAsked(undefined)}
        onConfirm={() => asked !== undefined && act(asked)}
      >
        <Text size="sm">{t(asked === 'reset' ? 'servers.sessions.resetText' : 'servers.sessions.closeText')}</Text>
      </Confirm>
    </Box>
  )
}

/** For itself, so that a second that passes draws a line and no more. */
function SessionTimes({ session, at }: Pick<SessionRowProps, 'session' | 'at'>) {
  const { createdAt, idleSeconds, requests } = session
  const now = useNow(true)
  const since = Math.max(0, now - at)
  const parts = [
    t('servers.sessions.age', { time: elapsed(now - Date.parse(createdAt)) }),
    requests > 0
      ? t('servers.sessions.requests', { count: requests })
      : t('servers.sessions.idle', { time: elapsed(idleSeconds * 1000 + since) }),
  ]
  return (
    <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }} title={localTime(createdAt)}>
      {parts.join(' · ')}
    </Text>
  )
}

function limitsOf({ leaseSeconds, timeoutSeconds, memoryLimitBytes, workingFolder }: Session): string {
  return [
    t('servers.sessions.lease', { time: span(leaseSeconds * 1000) }),
    timeoutSeconds === null ? undefined : t('servers.sessions.timeLimit', { time: span(timeoutSeconds * 1000) }),
    memoryLimitBytes === null ? undefined : t('servers.sessions.memoryLimit', { size: bytes(memoryLimitBytes) }),
    workingFolder === null ? undefined : t('servers.sessions.folder', { folder: workingFolder }),
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}
