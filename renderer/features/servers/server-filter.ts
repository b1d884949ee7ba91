import type { Server, ServerState } from '../../../contract/index.ts'

/** Groups of states that one looks for: what is on its way is with where it comes from or goes. */
export const stateGroups = ['all', 'running', 'stopped', 'failed'] as const
export type StateGroup = (typeof stateGroups)[number]

const groups: Readonly<Record<ServerState, Exclude<StateGroup, 'all'>>> = {
  starting: 'running',
  running: 'running',
  stopping: 'running',
  stopped: 'stopped',
  failed: 'failed',
}

export function countByGroup(servers: readonly Server[]): Readonly<Record<StateGroup, number>> {
  const counts = { all: servers.length, running: 0, stopped: 0, failed: 0 }
  for (const { state } of servers) counts[groups[state]] += 1
  return counts
}

/** Those of a group whose name, environment, transport or address holds every word that was typed. */
export function found(servers: readonly Server[], group: StateGroup, text: string): readonly Server[] {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean)
  return servers.filter((server) => {
    if (group !== 'all' && groups[server.state] !== group) return false
    const spoken = spokenOf(server)
    return words.every((word) => spoken.includes(word))
  })
}

function spokenOf({ name, environment, transport, endpoint }: Server): string {
  const address = endpoint === null ? '' : JSON.stringify({ ...endpoint, token: undefined })
  return `${name} ${environment} ${transport} ${address}`.toLowerCase()
}
