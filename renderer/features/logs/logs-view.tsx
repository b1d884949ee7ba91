import { Button } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useServers } from '../../stores/servers.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import type { ScreenProps } from '../../ui/screen.ts'
import { LogPane } from './log-pane.tsx'

/** One server's log, or all of them by time; the address tells which. */
export function LogsView({ item }: ScreenProps) {
  const servers = useServers((state) => state.servers)
  if (servers.length === 0) {
    return (
      <Page title={t('logs.name')} subtitle={t('logs.subtitle')}>
        <EmptyState
          icon={IconFileText}
          title={t('logs.empty')}
          text={t('logs.emptyText')}
          action={<Button onClick={() => goTo('servers')}>{t('logs.emptyAction')}</Button>}
        />
      </Page>
    )
  }
  // A server that has been removed has no log: all the others are a better answer than nothing.
  const chosen = servers.find((server) => server.name === item)?.name
  return (
    <Page title={t('logs.name')} subtitle={t('logs.subtitle')} isFull>
      <LogPane key={chosen ?? ''} chosen={chosen} names={servers.map((server) => server.name)} />
    </Page>
  )
}
