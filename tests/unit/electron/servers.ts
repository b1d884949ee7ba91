import { settingsSchema } from '../../../contract/index.ts'
import type { AppEvent, Job, Server, Snapshot } from '../../../contract/index.ts'
import { viewOf } from '../../../electron/view/host-view.ts'
import type { HostView } from '../../../electron/view/host-view.ts'
import { serverNamed } from '../servers.ts'

export function server(name: string, state: Server['state'] = 'stopped', change: Partial<Server> = {}): Server {
  return serverNamed(name, {
    state,
    endpoint: state === 'running' ? { transport: 'http', url: 'http://127.0.0.1:5678', token: 'secret' } : null,
    ...(state === 'failed' ? { error: { code: 'SERVER_FAILED', message: `${name} is down\nfor good` } } : {}),
    ...change,
  })
}

/** One that has failed, and is to start again by itself. */
export function waitingServer(name: string): Server {
  const nextAt = '2026-01-01T00:00:02.000Z'
  return server(name, 'failed', { restarts: { attempt: 2, most: 5, nextAt, gaveUp: false } })
}

export function job(id: string, state: Job['state'], change: Partial<Job> = {}): Job {
  return {
    id,
    command: 'environments.create',
    subject: 'environment demo',
    state,
    progress: { fraction: null, title: 'Ready' },
    startedAt: '2026-01-01T00:00:00.000Z',
    ...(state === 'running' ? {} : { endedAt: '2026-01-01T00:00:05.000Z' }),
    ...(state === 'failed' ? { error: { code: 'NETWORK' as const, message: 'no road there' } } : {}),
    ...change,
  }
}

export function view(servers: readonly Server[], jobs: readonly Job[] = []): HostView {
  return viewOf(snapshot(servers, jobs))
}

export function snapshot(servers: readonly Server[], jobs: readonly Job[] = [], revision = 1): Snapshot {
  const settings = settingsSchema.parse({})
  return {
    revision,
    settings,
    servers: [...servers],
    jobs: [...jobs],
    runtimes: [],
    environments: [],
  } as unknown as Snapshot
}

export function serverEvent(changed: Server, revision = 1): AppEvent {
  return { revision, name: 'server.changed', payload: { server: changed } }
}

export function jobEvent(changed: Job, revision = 1): AppEvent {
  return { revision, name: 'job.changed', payload: { job: changed } }
}
