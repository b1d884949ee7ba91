import { realpath } from 'node:fs/promises'
import os from 'node:os'
import type { CaFile, Network } from '../../contract/index.ts'
import { childEnvironment } from '../platform/index.ts'
import { runDoctor } from '../doctor/index.ts'
import type { Rooms } from '../rooms.ts'
import { freeBytes } from '../storage/index.ts'
import type { InTime } from './in-time.ts'
import { hostLogs } from './logs.ts'
import type { Part } from './part.ts'

/** Every part but the logs of servers, of which there are as many as servers. */
export const parts: readonly Part[] = [
  { name: 'checks.json', title: 'Results of the checks', look: (rooms) => runDoctor(rooms) },
  { name: 'versions.json', title: 'Versions of everything, and the machine', look: versions },
  { name: 'host.json', title: 'The host, and where everything lies', look: async ({ hostInfo }) => hostInfo() },
  { name: 'settings.json', title: 'Settings, without passwords', look: ({ settings }) => settings.get() },
  {
    name: 'network.json',
    title: 'Proxy, certificates and package sources in effect',
    look: async ({ network }) => withCounts(await network.show()),
  },
  {
    name: 'variables.json',
    title: 'Environment variables that installers inherit',
    look: async ({ env }) => childEnvironment(env, process.platform, { installer: true }),
  },
  { name: 'runtimes.json', title: 'Pythons, with what is wrong with them', look: ({ runtimes }) => runtimes.list() },
  {
    name: 'environments.json',
    title: 'Environments, with what is wrong with them',
    look: ({ environments }) => environments.list(),
  },
  { name: 'servers.json', title: 'Servers, with their states and last errors', look: ({ servers }) => servers.list() },
  {
    name: 'jobs.json',
    title: 'Recent jobs, with their errors',
    look: async ({ jobs }) => jobs.list().map(withoutResult),
  },
  {
    name: 'disk.json',
    title: 'Free disk space',
    look: async ({ layout }) => ({ folder: layout.home, freeBytes: await freeBytes(layout.home) }),
  },
  ...hostLogs,
]

async function versions({ hostInfo, runtimes, environments, gpu }: Rooms): Promise<unknown> {
  const { version, node, platform, desktop } = hostInfo()
  const [pythons, installer, { backend, devices }] = await Promise.all([
    runtimes.list(),
    environments.installer(),
    gpu.report(),
  ])
  return {
    app: version,
    node,
    electron: desktop?.electron ?? null,
    chrome: desktop?.chrome ?? null,
    platform,
    system: { name: os.type(), release: os.release(), version: os.version() },
    processors: os.availableParallelism(),
    memoryBytes: { total: os.totalmem(), free: os.freemem() },
    gpu: { backend, devices },
    pythons: pythons.map(({ id, version: python, isDefault, state }) => ({ id, version: python, isDefault, state })),
    installer,
  }
}

/** A system's own file has hundreds of certificates: of those that are no longer good the names are told, of the others how many. */
function withCounts({ certificates, ...rest }: Network): unknown {
  const counted = (files: readonly CaFile[]) =>
    files.map((file) => ({
      ...file,
      certificates: file.certificates.length,
      expired: file.certificates.filter(({ isExpired }) => isExpired).map(({ subject }) => subject),
    }))
  const { extra, environment } = certificates
  return { ...rest, certificates: { ...certificates, extra: counted(extra), environment: counted(environment) } }
}

/** What a job gave back is the user's own: it may be what their code computed. */
function withoutResult<T extends { readonly result?: unknown }>(job: T): Omit<T, 'result'> {
  const { result: _result, ...rest } = job
  return rest
}

/** The user's home, by the names that it may have in texts. */
export async function homeFolders(env: NodeJS.ProcessEnv, inTime: InTime): Promise<readonly string[]> {
  const named = [env['HOME'], env['USERPROFILE'], accountHome()].filter(
    (folder) => folder !== undefined && folder !== '',
  )
  const real = await Promise.all(named.map((folder) => inTime(realpath(folder!)).catch(() => folder)))
  return [...new Set([...named, ...real])] as string[]
}

function accountHome(): string | undefined {
  try {
    return os.homedir()
  } catch {
    // Containers run users that no passwd file knows.
    return undefined
  }
}
