import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { adminEnvironment, useEnvironments, userEnvironments } from '../../stores/environments.ts'
import { runChecks, useHost } from '../../stores/host.ts'
import { defaultRuntime, useRuntimes } from '../../stores/runtimes.ts'
import { useServers } from '../../stores/servers.ts'
import { openDialog } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { Page } from '../../ui/page.tsx'
import { CheckList } from './check-list.tsx'
import { FirstRun } from './first-run.tsx'
import { RecentFailures } from './recent-failures.tsx'
import { RunningServers } from './running-servers.tsx'
import { Tiles } from './tiles.tsx'

/** The way to the first server while there is none; after that how things stand. */
export function HomeView() {
  const runtime = useRuntimes((state) => defaultRuntime(state.runtimes))
  const environments = useEnvironments((state) => state.environments)
  const servers = useServers((state) => state.servers)
  const link = useHost((state) => state.link)
  const admin = adminEnvironment(environments)
  const own = userEnvironments(environments)
  const progress = { runtime, admin, environments: own.length, servers: servers.length }
  // Whoever has a server has found the way, even one without an admin environment: a pipe server needs none.
  const isComplete = servers.length > 0

  // The checks look at the machine, so they are asked again whenever something of it has changed, once it has settled.
  const state = servers.map((server) => `${server.name} ${server.state}`).join()
  useEffect(() => {
    if (link !== 'live') return
    const timer = setTimeout(() => void runChecks(), settleMs)
    return () => clearTimeout(timer)
  }, [link, runtime?.id, environments, state])

  return (
    <Page
      title={isComplete ? t('home.name') : t('home.welcome')}
      subtitle={isComplete ? t('home.subtitle') : t('home.welcomeText')}
      actions={
        isComplete && (
          <>
            <Button variant="default" onClick={() => openDialog('environments', 'create-environment')}>
              {t('environments.create')}
            </Button>
            <Button onClick={() => openDialog('servers', 'create-server')}>{t('home.newServer')}</Button>
          </>
        )
      }
    >
      {isComplete ? (
        <>
          <Tiles />
          <RunningServers />
          <RecentFailures />
        </>
      ) : (
        <FirstRun progress={progress} />
      )}
      <CheckList />
    </Page>
  )
}

/** Milliseconds without a change before the checks run. */
const settleMs = 400
