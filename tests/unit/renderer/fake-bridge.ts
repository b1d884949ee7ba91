import { fromErrorInfo } from '../../../contract/index.ts'
import type { AppEvent, CommandName, ErrorInfo, Job, Server, Snapshot } from '../../../contract/index.ts'
import type { Bridge, BridgeState } from '../../../renderer/bridge.ts'
import { serverNamed } from '../servers.ts'

interface Asked {
  readonly name: CommandName
  readonly params: unknown
  readonly ok: (value: unknown) => Promise<void>
  readonly fail: (error: ErrorInfo) => Promise<void>
}

/** A way to a host that the test plays: it sees each call, and answers when it likes. */
export function fakeBridge(initial: BridgeState = 'connecting') {
  const events = new Set<(batch: readonly AppEvent[]) => void>()
  const states = new Set<(state: BridgeState) => void>()
  const asked: Asked[] = []
  let state = initial
  const bridge: Bridge = {
    invoke: (name, params) =>
      new Promise((resolve, reject) => {
        asked.push({
          name,
          params,
          ok: (value) => {
            resolve(value as never)
            return settled()
          },
          fail: (error) => {
            reject(fromErrorInfo(error))
            return settled()
          },
        })
      }),
    onEvents: (listener) => {
      events.add(listener)
      return () => events.delete(listener)
    },
    onState: (listener) => {
      states.add(listener)
      listener(state)
      return () => states.delete(listener)
    },
  }
  return {
    bridge,
    asked,
    listeners: () => events.size + states.size,
    emit: (...batch: readonly AppEvent[]) => {
      for (const listener of events) listener(batch)
    },
    become: (next: BridgeState) => {
      state = next
      for (const listener of states) listener(next)
    },
    /** The next call that nobody has answered yet. */
    next: (name: CommandName): Asked => {
      const at = asked.findIndex((one) => one.name === name)
      if (at === -1) throw new Error(`nobody asked for ${name}; open: ${asked.map((one) => one.name).join(', ')}`)
      return asked.splice(at, 1)[0]!
    },
  }
}

/** When every promise that could go on has gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

export function snapshot(revision: number, more: Partial<Snapshot> = {}): Snapshot {
  return {
    revision,
    host: {
      version: '0.0.0',
      running: true,
      pid: 1,
      home: '/data root é',
      paths: {
        settings: '/data root é/settings.json',
        runtimes: '/data root é/runtimes',
        environments: '/data root é/environments',
        servers: '/data root é/servers',
        endpoints: '/data root é/endpoints',
        logs: '/data root é/logs',
        cache: '/data root é/cache',
        control: '/data root é/run/control.sock',
      },
      instanceId: 'one',
      startedAt: '2026-01-01T00:00:00.000Z',
      node: '24.0.0',
      platform: 'linux',
      desktop: null,
    },
    settings: {
      defaultRuntime: null,
      extraRuntimes: [],
      pythonMirror: null,
      installer: 'auto',
      gpuBackend: 'auto',
      offline: false,
      proxy: 'system',
      proxyUrl: null,
      noProxy: [],
      extraCa: [],
      packageIndex: null,
      serverLogBytes: 65_536,
      snapshotsKept: 10,
      snapshotBytes: 5_000_000_000,
      theme: 'system',
      closeBehaviour: 'hide',
      startAtLogin: false,
    },
    runtimes: [],
    environments: [],
    servers: [],
    jobs: [],
    ...more,
  }
}

export function server(name: string, state: Server['state'] = 'running'): Server {
  return serverNamed(name, { transport: 'pipe', state, pid: 5 })
}

export function job(id: string, more: Partial<Job> = {}): Job {
  return {
    id,
    command: 'environments.create',
    subject: 'environment demo',
    state: 'running',
    progress: { fraction: null, title: 'Making' },
    startedAt: '2026-01-01T00:00:00.000Z',
    ...more,
  }
}

export const serverChanged = (revision: number, name: string, state?: Server['state']): AppEvent => ({
  revision,
  name: 'server.changed',
  payload: { server: server(name, state) },
})

export const logAppended = (revision: number, name: string, ...seqs: readonly number[]): AppEvent => ({
  revision,
  name: 'log.appended',
  payload: { server: name, lines: seqs.map((seq) => logLine(seq)) },
})

export const logLine = (seq: number) => ({
  seq,
  at: '2026-01-01T00:00:00.000Z',
  source: 'pool' as const,
  stream: 'stdout' as const,
  text: `line ${seq}`,
})
