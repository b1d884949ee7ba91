import type { AppEvent, Environment, Runtime, Server, Snapshot } from '../../contract/index.ts'
import { useEnvironments } from './environments.ts'
import { addShown } from './executions.ts'
import { useHost } from './host.ts'
import { newestFirst, useJobs, withJob } from './jobs.ts'
import { keepSame } from './keep-same.ts'
import { appendLog, forgetAllLogs, forgetLog, refetchWatchedLogs } from './logs.ts'
import { forgetMetrics, lookAtMetrics } from './metrics.ts'
import { useProfileStore } from './profiles.ts'
import { useRuntimes } from './runtimes.ts'
import { byServerName, useServers, withServer } from './servers.ts'
import { forgetSessions } from './sessions.ts'
import { useSettings } from './settings.ts'
import { addSample, forgetUsage, refetchWatchedUsage } from './usage.ts'

/** Puts a whole snapshot into the stores. */
export function applySnapshot(snapshot: Snapshot): void {
  const before = useHost.getState().info?.instanceId
  if (before !== undefined && before !== snapshot.host.instanceId) forgetAllLogs()
  useHost.setState({ info: snapshot.host, isKnown: true, isClosing: false, error: undefined })
  useSettings.setState({ settings: snapshot.settings })
  putRuntimes(snapshot.runtimes)
  putEnvironments(snapshot.environments)
  putServers(snapshot.servers)
  useJobs.setState({ jobs: [...snapshot.jobs].sort(newestFirst) })
  refetchWatchedLogs()
  refetchWatchedUsage()
}

/** Puts one event into the store of its noun. */
export function applyEvent(event: AppEvent): void {
  switch (event.name) {
    case 'runtimes.changed':
      return putRuntimes(event.payload.runtimes)
    case 'environments.changed':
      return putEnvironments(event.payload.environments)
    case 'profiles.changed':
      return useProfileStore.setState({ profiles: event.payload.profiles, error: undefined })
    case 'server.changed': {
      const { server } = event.payload
      if (server.state !== 'running') forgetSessions(server.name)
      return useServers.setState(({ servers }) => ({ servers: withServer(servers, server) }))
    }
    case 'server.removed': {
      const { name } = event.payload
      forgetLog(name)
      forgetUsage(name)
      forgetMetrics(name)
      forgetSessions(name)
      return useServers.setState(({ servers }) => ({ servers: servers.filter((server) => server.name !== name) }))
    }
    case 'job.changed': {
      const { job } = event.payload
      return useJobs.setState(({ jobs }) => ({ jobs: withJob(jobs, job) }))
    }
    case 'log.appended':
      return appendLog(event.payload.server, event.payload.lines)
    case 'server.sampled':
      lookAtMetrics(event.payload.name)
      return addSample(event.payload.name, event.payload.sample)
    case 'execution.shown':
      return addShown(event.payload)
    case 'settings.changed':
      return useSettings.setState({ settings: event.payload.settings })
    case 'host.closing':
      return useHost.setState({ isClosing: true })
    default:
      // A newer host may know more events than this page.
      return event satisfies never
  }
}

function putRuntimes(after: readonly Runtime[]): void {
  useRuntimes.setState(({ runtimes }) => ({ runtimes: keepSame(runtimes, after, ({ id }) => id) }))
}

function putServers(after: readonly Server[]): void {
  const sorted = [...after].sort(byServerName)
  useServers.setState(({ servers }) => ({ servers: keepSame(servers, sorted, ({ name }) => name) }))
}

function putEnvironments(after: readonly Environment[]): void {
  useEnvironments.setState(({ environments }) => ({ environments: keepSame(environments, after, ({ name }) => name) }))
}
