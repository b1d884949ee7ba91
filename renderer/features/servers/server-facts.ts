import { addressOf, startsAgain } from '../../../contract/index.ts'
import type { Endpoint, Job, Restarts, Server, ServerState } from '../../../contract/index.ts'
import type { Tone } from '../../ui/tone.ts'

/** `waiting`: it has failed, and starts again by itself. */
export type ShownState = ServerState | 'waiting'

export function shownState(server: Server): ShownState {
  return startsAgain(server) ? 'waiting' : server.state
}

export const stateTones: Readonly<Record<ShownState, Tone>> = {
  stopped: 'quiet',
  starting: 'active',
  running: 'ok',
  stopping: 'active',
  failed: 'problem',
  waiting: 'warning',
}

/** A pipe on Unix has none: the system tells whose process asks. */
export function tokenOf(endpoint: Pick<Endpoint, 'token'>): string | undefined {
  return endpoint.token ?? undefined
}

/** Something of it may be there: a process, a socket. */
export function isLive(state: ServerState): boolean {
  return state === 'starting' || state === 'running' || state === 'stopping'
}

const starts = ['servers.start', 'servers.restart']

/** The start (or restart) of this server that is under way, whoever asked for it. */
export function startJobOf(jobs: readonly Job[], name: string): Job | undefined {
  return jobs.find((job) => job.state === 'running' && starts.includes(job.command) && job.subject === `server ${name}`)
}

/** Milliseconds since it was ready; undefined while it does not run. */
export function uptimeMs({ state, startedAt }: Server, now: number): number | undefined {
  return state === 'running' && startedAt !== null ? Math.max(0, now - Date.parse(startedAt)) : undefined
}

/** Milliseconds until it starts by itself, in whole seconds, so that it counts down to one; 0: it is about to. */
export function msUntilStart({ nextAt }: Pick<Restarts, 'nextAt'>, now: number): number {
  return nextAt === null ? 0 : Math.max(0, Math.ceil((Date.parse(nextAt) - now) / 1000) * 1000)
}

/** The saved description was changed while it runs, which the next start takes up. A change that cannot be seen from outside is not told. */
export function isChangedSince({ state, transport, environment, endpoint, spec }: Server): boolean {
  if (state !== 'running') return false
  if (spec.transport !== transport || spec.environment !== environment) return true
  if (endpoint === null || endpoint.transport === 'pipe') return false
  const port = Number(/:(\d+)\/?$/u.exec(addressOf(endpoint))?.[1])
  const isPortOther = spec.port !== null && spec.port !== 0 && spec.port !== port
  return isPortOther || (spec.auth === 'none') !== (endpoint.token === null)
}

/** The usual port of its transport may be busy: then a start takes another one, which a fixed port never does. */
export function canUseAnotherPort({ transport, error }: Pick<Server, 'transport' | 'error'>): boolean {
  return transport !== 'pipe' && error?.code === 'PORT_IN_USE'
}

/** The file by which client programs find a server, in the words of the host's own system. */
export function endpointFileOf(home: string, name: string): string {
  const slash = home.includes('\\') ? '\\' : '/'
  return [home.replace(/[/\\]$/u, ''), 'endpoints', `${name}.json`].join(slash)
}
