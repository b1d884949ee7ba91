import { Box, Button, Group, Stack, Text } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { Server } from '../../../contract/index.ts'
import { useSessions, watchSessions } from '../../stores/sessions.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { HandleList } from './handle-list.tsx'
import { NotRunning } from './not-running.tsx'
import { SessionRow } from './session-row.tsx'

/** The sessions of a server, whoever opened them, and what it holds outside of them. */
export function SessionsPanel({ server }: { readonly server: Server }) {
  if (server.state === 'running') return <Sessions server={server.name} />
  return <NotRunning server={server}>{t('servers.sessions.notRunningText')}</NotRunning>
}

function Sessions({ server }: { readonly server: string }) {
  useEffect(() => watchSessions(server), [server])
  const listed = useSessions((state) => state.listed[server])
  if (listed === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t('servers.sessions.looking')}
      </Text>
    )
  }
  const { sessions, error, at } = listed
  return (
    <Stack gap="md">
      {error && <ErrorCard error={error} title={t('servers.sessions.failed')} />}
      {sessions.length === 0 ? (
        <EmptyState
          icon={IconStack2}
          title={t('servers.sessions.empty')}
          text={t('servers.sessions.emptyText')}
          action={<Button onClick={() => goTo('playground', server)}>{t('servers.sessions.toPlayground')}</Button>}
        />
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t('servers.sessions.count', { count: sessions.length })}
          </Text>
          <Box
            component="ul"
            className="surface"
            m={0}
            p={0}
            style={{ listStyle: 'none' }}
            aria-label={t('servers.panels.sessions')}
          >
            {sessions.map((session) => (
              <SessionRow key={session.id} server={server} session={session} at={at} />
            ))}
          </Box>
        </>
      )}
      <Group gap="xs">
        <HandleList
          server={server}
          label={t('servers.sessions.outside')}
          emptyText={t('servers.sessions.outsideEmpty')}
        />
      </Group>
    </Stack>
  )
}
