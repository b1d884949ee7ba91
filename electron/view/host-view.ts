import { isDown, startsAgain } from '../../contract/index.ts'
import type { AppEvent, Job, Server, Settings, Snapshot } from '../../contract/index.ts'

/** Something that went wrong lately. `key` is its identity: a later word about the same thing replaces it. */
export interface Failure {
  readonly key: string
  readonly title: string
  readonly message: string
}

/** What the native side (tray, menus, dialogs) shows of the host. */
export interface HostView {
  /** By name. */
  readonly servers: readonly Server[]
  readonly settings: Settings
  readonly runningJobs: readonly string[]
  /** The newest first. */
  readonly failures: readonly Failure[]
  readonly isClosing: boolean
}

const keptFailures = 5

export function viewOf({ servers, settings, jobs }: Snapshot): HostView {
  const start: HostView = {
    servers: byName(servers),
    settings,
    runningJobs: jobs.filter(({ state }) => state === 'running').map(({ id }) => id),
    failures: [],
    isClosing: false,
  }
  // What failed before is history: only servers that are down now count.
  return servers.reduce(withServerFailure, start)
}

/** The view after an event; the very same one where it shows nothing of that event. */
export function applyEvent(view: HostView, event: AppEvent): HostView {
  switch (event.name) {
    case 'server.changed': {
      const { server } = event.payload
      const others = view.servers.filter(({ name }) => name !== server.name)
      return withServerFailure({ ...view, servers: byName([...others, server]) }, server)
    }
    case 'server.removed': {
      const { name } = event.payload
      const servers = view.servers.filter((server) => server.name !== name)
      return { ...view, servers, failures: without(view.failures, serverKey(name)) }
    }
    case 'settings.changed':
      return { ...view, settings: event.payload.settings }
    case 'job.changed':
      return withJob(view, event.payload.job)
    case 'host.closing':
      return { ...view, isClosing: true }
    default:
      return view
  }
}

function withServerFailure(view: HostView, { name, state, error }: Server): HostView {
  const key = serverKey(name)
  const failures = without(view.failures, key)
  if (state !== 'failed') return failures.length === view.failures.length ? view : { ...view, failures }
  const failure = { key, title: name, message: error?.message ?? '' }
  return { ...view, failures: [failure, ...failures].slice(0, keptFailures) }
}

function withJob(view: HostView, { id, command, subject, state, error }: Job): HostView {
  const wasRunning = view.runningJobs.includes(id)
  if (state === 'running') return wasRunning ? view : { ...view, runningJobs: [...view.runningJobs, id] }
  const runningJobs = view.runningJobs.filter((other) => other !== id)
  const ended = wasRunning ? { ...view, runningJobs } : view
  const key = `${command} ${subject}`
  const failures = without(view.failures, key)
  // What fails about a server is told by the server itself; runs of code fail for their own reasons, and before somebody's eyes.
  const isNews = state === 'failed' && !command.startsWith('servers.')
  if (isNews) {
    const failure = { key, title: subject, message: error?.message ?? '' }
    return { ...ended, failures: [failure, ...failures].slice(0, keptFailures) }
  }
  return failures.length === view.failures.length ? ended : { ...ended, failures }
}

const serverKey = (name: string) => `server ${name}`

function without(failures: readonly Failure[], key: string): readonly Failure[] {
  return failures.filter((failure) => failure.key !== key)
}

function byName(servers: readonly Server[]): Server[] {
  return servers.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** Servers that would end with the app, or not come back. */
export function liveServers({ servers }: HostView): readonly Server[] {
  return servers.filter((server) => !isDown(server))
}

/** Those of them that have something to be stopped: one that waits to start again has nothing. */
export function serversToStop(view: HostView): readonly Server[] {
  return liveServers(view).filter((server) => !startsAgain(server))
}
