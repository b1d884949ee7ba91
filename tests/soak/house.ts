import path from 'node:path'
import { settingsSchema } from '../../contract/index.ts'
import type { Environment, Server, Transport } from '../../contract/index.ts'
import { createEventHub, createSecrets } from '../../core/events/index.ts'
import { layoutOf } from '../../core/platform/index.ts'
import { createServers } from '../../core/servers/index.ts'
import { eventually } from '../tools/eventually.ts'
import { ensureTestPython, localPython } from '../tools/test-python.ts'

const engine = path.resolve(import.meta.dirname, '../../python/src/beep_engine/__main__.py')
/** Milliseconds: a start or an end that takes longer hangs. */
const patienceMs = 60_000

export type Role = Server['processes'][number]['role']

/** A data root with a server of each transport, supervised as a host does. */
export interface House {
  readonly home: string
  readonly start: (transport: Transport) => Promise<Server>
  readonly get: (transport: Transport) => Promise<Server>
  readonly pidOf: (transport: Transport, role: Role) => Promise<number>
  /** Kills a process; one that the server cannot be without means another start, which this waits for. */
  readonly kill: (transport: Transport, role: Role) => Promise<void>
  readonly close: () => Promise<void>
}

export const transports: readonly Transport[] = ['pipe', 'http', 'rpc']

/** @param workers of each server; one where nothing is said */
export function openHouse(home: string, workers: Partial<Record<Transport, number>> = {}): House {
  const python = localPython()
  const settings = settingsSchema.parse({})
  const answer = (name: string, executable: string) => () => Promise.resolve(environment(name, executable))
  const own = answer('default', python)
  const servers = createServers({
    layout: layoutOf(home),
    events: createEventHub(),
    secrets: createSecrets(),
    settings: {
      get: () => Promise.resolve(settings),
      update: () => Promise.resolve(settings),
      problem: () => undefined,
    },
    environments: { get: own, ensure: own, ensureAdmin: answer('admin', ensureTestPython()) },
    env: { ...process.env, BEEP_HOME: home },
    engine,
  })
  const context = () => ({ signal: AbortSignal.timeout(patienceMs), progress: () => {} })
  const get = (transport: Transport) => servers.get(transport)
  const start = (transport: Transport) =>
    servers.start(
      {
        transport,
        name: transport,
        workers: workers[transport] ?? 1,
        // The soak starts it itself, so that what happens follows from its seed.
        restart: 'never',
        ...(transport === 'pipe' ? {} : { port: 0 }),
      },
      context(),
    )
  const pidOf = async (transport: Transport, role: Role) => {
    const found = (server: Server) => server.processes.find((one) => one.role === role)?.pid
    return eventually(`${transport} has its ${role}`, async () => found(await get(transport)), patienceMs)
  }
  return {
    home,
    get,
    start,
    pidOf,
    async kill(transport, role) {
      const pid = await pidOf(transport, role)
      process.kill(pid, 'SIGKILL')
      const isGone = (server: Server) =>
        role === 'worker' ? server.processes.every((one) => one.pid !== pid) : server.state === 'failed'
      await eventually(
        `${transport} notices that its ${role} is gone`,
        async () => isGone(await get(transport)),
        patienceMs,
      )
      if (role !== 'worker') await start(transport)
    },
    close: async () => void (await servers.stopAll()),
  }
}

function environment(name: string, executable: string): Environment {
  return {
    name,
    root: path.dirname(path.dirname(executable)),
    kind: name === 'admin' ? 'admin' : 'user',
    executable,
    python: '3',
    runtime: 'soak',
    state: 'ready',
    createdAt: new Date().toISOString(),
    sizeBytes: 0,
    requirements: [],
    usedBy: [],
  }
}
