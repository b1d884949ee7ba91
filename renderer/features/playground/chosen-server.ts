import type { Server } from '../../../contract/index.ts'

/**
 * The server that code is run on: the one that the user chose, running or not, since another one in its place could be the wrong
 * one; where there was no choice, or it is gone, the first that runs.
 */
export function chosenServer(servers: readonly Server[], wanted: string | undefined): Server | undefined {
  return servers.find(({ name }) => name === wanted) ?? servers.find(({ state }) => state === 'running') ?? servers[0]
}

/** Those that can take code first. */
export function choices(servers: readonly Server[]): { readonly running: string[]; readonly others: string[] } {
  const names = (isRunning: boolean) =>
    servers.filter(({ state }) => (state === 'running') === isRunning).map(({ name }) => name)
  return { running: names(true), others: names(false) }
}
