import { startsAgain } from '../../../contract/index.ts'
import type { Server } from '../../../contract/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { manualClock } from '../../tools/manual-clock.ts'
import { testServers } from './harness.ts'
import type { TestServers, TestServersOptions } from './harness.ts'

/** Servers that come back when the test lets time pass. */
export function withClock(options: TestServersOptions = {}) {
  const clock = manualClock()
  return { clock, ...testServers({ ...options, clock }) }
}

export function kill(server: Server, role: string): void {
  const found = server.processes.find((process) => process.role === role)
  if (!found) throw new Error(`it has no ${role}`)
  process.kill(found.pid, 'SIGKILL')
}

export const until = ({ servers }: TestServers, name: string, what: string, is: (server: Server) => boolean) =>
  eventually(what, async () => {
    const server = await servers.get(name)
    return is(server) ? server : undefined
  })
export const untilItWaits = (host: TestServers, name: string) => until(host, name, 'it waits', startsAgain)
export const untilItRuns = (host: TestServers, name: string) =>
  until(host, name, 'it runs', ({ state }) => state === 'running')
export const untilItIsGivenUp = (host: TestServers, name: string) =>
  until(host, name, 'it is down', (server) => server.state === 'failed' && !startsAgain(server))
export const said = async ({ servers }: TestServers, name: string) =>
  (await servers.logs({ name, lines: 1000 })).filter(({ source }) => source === 'host').map(({ text }) => text)
export const untilItIsCleared = (host: TestServers, name: string) =>
  eventually('what died is cleared away', async () =>
    (await said(host, name)).some((text) => text.startsWith('stopped:')),
  )
