import { create } from 'zustand'
import type { Server } from '../../contract/index.ts'

interface ServersState {
  /** By name. */
  readonly servers: readonly Server[]
}

export const useServers = create<ServersState>()(() => ({ servers: [] }))

export function byServerName(a: Server, b: Server): number {
  return a.name.localeCompare(b.name)
}

export function withServer(servers: readonly Server[], changed: Server): Server[] {
  return [...servers.filter((server) => server.name !== changed.name), changed].sort(byServerName)
}
