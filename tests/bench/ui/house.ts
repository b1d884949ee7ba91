import type {
  Environment,
  HostInfo,
  Job,
  LogLine,
  Runtime,
  Server,
  Settings,
  Snapshot,
} from '../../../contract/index.ts'
import { settingsSchema } from '../../../contract/index.ts'

export const environmentCount = 200
export const serverCount = 50
/** The server whose log is written. */
export const loud = 'server 01'

const home = '/home/ada/.beep-python'
const day = 86_400_000
const begin = Date.parse('2026-01-01T08:00:00.000Z')
const at = (ms: number) => new Date(begin + ms).toISOString()
const two = (index: number) => String(index + 1).padStart(2, '0')

const runtime: Runtime = {
  id: 'cpython-3.12.14-linux-x64',
  version: '3.12.14',
  implementation: 'cpython',
  architecture: 'x64',
  executable: `${home}/runtimes/cpython-3.12.14-linux-x64/bin/python3.12`,
  source: 'managed',
  origin: 'managed',
  isDefault: true,
  state: 'ready',
  installedAt: at(0),
  sizeBytes: 98_000_000,
}

function environment(index: number): Environment {
  const name = index === 0 ? 'admin' : `environment ${String(index).padStart(3, '0')}`
  const isBroken = index % 40 === 39
  return {
    name,
    root: `${home}/environments/${name}`,
    kind: index === 0 ? 'admin' : 'user',
    executable: `${home}/environments/${name}/bin/python`,
    python: runtime.version,
    runtime: runtime.id,
    state: isBroken ? 'broken' : 'ready',
    ...(isBroken ? { problem: { code: 'PYTHON_BROKEN', message: `The Python of ${name} does not start` } } : {}),
    createdAt: at(index * day),
    sizeBytes: 20_000_000 + index * 1_234_567,
    requirements: ['numpy', 'pandas>=2.2', 'requests'].slice(0, index % 4),
    usedBy: index > 0 && index <= serverCount ? [`server ${two(index - 1)}`] : [],
  }
}

function server(index: number): Server {
  const name = `server ${two(index)}`
  const transport = index % 2 === 0 ? 'http' : 'pipe'
  const state = index % 10 === 9 ? 'stopped' : 'running'
  const pid = 4000 + index
  return {
    name,
    transport,
    state,
    environment: `environment ${String(index + 1).padStart(3, '0')}`,
    pid: state === 'running' ? pid : null,
    processes: state === 'running' ? [{ role: 'pool', pid }] : [],
    endpoint:
      state !== 'running'
        ? null
        : transport === 'http'
          ? { transport, url: `http://127.0.0.1:${5600 + index}`, token: 'x'.repeat(43) }
          : { transport, path: `/run/user/1000/beep-python/${index}.sock` },
    spec: {
      name,
      transport,
      environment: `environment ${index + 1}`,
      port: null,
      auth: 'token',
      workers: 1,
      infrastructure: 'none',
      restart: 'on-failure',
    },
    startedAt: state === 'running' ? at(index * 60_000) : null,
    workersLost: 0,
  }
}

function job(index: number): Job {
  return {
    id: `job-${index}`,
    command: index % 2 === 0 ? 'servers.start' : 'environments.create',
    subject: index % 2 === 0 ? `server server ${two(index % serverCount)}` : `environment environment ${index}`,
    state: 'succeeded',
    progress: { fraction: 1, title: 'Done' },
    startedAt: at(index * 1000),
    endedAt: at(index * 1000 + 800),
  }
}

const paths: HostInfo['paths'] = {
  settings: `${home}/settings.json`,
  runtimes: `${home}/runtimes`,
  environments: `${home}/environments`,
  servers: `${home}/servers`,
  endpoints: `${home}/endpoints`,
  logs: `${home}/logs`,
  cache: `${home}/cache`,
  control: `${home}/run/control.sock`,
}

export const settings: Settings = settingsSchema.parse({})

/** What a busy user's host tells: every list as long as it gets. */
export function houseAt(revision: number): Snapshot {
  return {
    revision,
    host: {
      version: '0.1.0',
      running: true,
      pid: 4242,
      home,
      paths,
      instanceId: 'bench',
      startedAt: at(0),
      node: process.versions.node,
      platform: 'linux-x64',
      desktop: null,
    },
    settings,
    runtimes: [runtime],
    environments: Array.from({ length: environmentCount }, (_, index) => environment(index)),
    servers: Array.from({ length: serverCount }, (_, index) => server(index)),
    jobs: Array.from({ length: 100 }, (_, index) => job(index)),
  }
}

const words = ['request', 'answered', 'in', 'cache', 'miss', 'for', 'shape', 'worker', 'session', 'frame', 'handle']

/** Like what a program prints: 60 to 120 characters, a level, a few words, now and then an error. */
export function line(seq: number, now: string): LogLine {
  const level = seq % 97 === 0 ? 'ERROR' : seq % 11 === 0 ? 'WARNING' : 'INFO'
  const text = Array.from({ length: 7 + (seq % 5) }, (_, index) => words[(seq * 7 + index * 3) % words.length])
  return {
    seq,
    at: now,
    source: seq % 3 === 0 ? 'http' : 'pool',
    stream: level === 'ERROR' ? 'stderr' : 'stdout',
    text: `${level} app.module_${seq % 17}: ${text.join(' ')} ${(seq * 2654435761) % 1_000_003}`,
  }
}
