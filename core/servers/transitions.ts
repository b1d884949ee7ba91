import type { ServerState } from '../../contract/index.ts'

/** What can happen to a server. `fail`: it did not become ready, ended by itself, or could not be stopped. */
export type ServerHappening = 'start' | 'ready' | 'stop' | 'stopped' | 'fail'

const next: Readonly<Record<ServerState, Partial<Record<ServerHappening, ServerState>>>> = {
  stopped: { start: 'starting' },
  // Stopping a failed server is how a user says "seen": nothing runs, only its state changes.
  // A start by the restart policy may fail before there is anything to start.
  failed: { start: 'starting', stop: 'stopped', fail: 'failed' },
  starting: { ready: 'running', stop: 'stopping', fail: 'failed' },
  running: { stop: 'stopping', fail: 'failed' },
  stopping: { stopped: 'stopped', fail: 'failed' },
}

/** The state after a happening, or undefined where it cannot happen. */
export function transition(state: ServerState, happening: ServerHappening): ServerState | undefined {
  return next[state][happening]
}

/** True while something of the server may be there: a process, a socket, a claim on its environment. */
export function isLive(state: ServerState): boolean {
  return state === 'starting' || state === 'running' || state === 'stopping'
}
