import { AppError } from '../contract/index.ts'
import type { HostInfo, Server } from '../contract/index.ts'
import { createBundles } from './bundles/index.ts'
import { createDesktop } from './desktop/index.ts'
import type { DesktopShell } from './desktop/index.ts'
import { createDispatch } from './dispatch.ts'
import type { Dispatch } from './dispatch.ts'
import { enginePlace } from './engine-place.ts'
import { createEnvironments } from './environments/index.ts'
import { createEventHub, createSecrets } from './events/index.ts'
import type { EventHub, Secrets } from './events/index.ts'
import { createGpu } from './gpu/index.ts'
import { createHandlers } from './handlers.ts'
import { createJobs } from './jobs/index.ts'
import type { Jobs } from './jobs/index.ts'
import { addressContext, dataRoot, layoutOf, localAddress } from './platform/index.ts'
import type { Layout } from './platform/index.ts'
import { createNetwork } from './network/index.ts'
import { createRuntimes } from './runtimes/index.ts'
import type { Fetch } from './runtimes/index.ts'
import { createServers } from './servers/index.ts'
import type { ControlAccess } from './servers/index.ts'
import { createSettingsStore, privateFolder, sweepStaging } from './storage/index.ts'
import { isInstalled, shipped } from './shipped.ts'
import { version } from './version.ts'

/** What a host adds to core: who it is, how it ends, how a browser gets in. */
export interface HostFacts {
  readonly instanceId: string
  readonly startedAt: string
  readonly stop: () => void
  readonly browserAddress: (port: number) => Promise<{ readonly url: string }>
  /** Its control door, for the code of servers that may ask it. */
  readonly control: ControlAccess
}

export interface CoreOptions {
  /** The data root; absent: `$BEEP_HOME`, else `~/.beep-python`. */
  readonly home?: string | undefined
  /** The environment that the user started us with. */
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Looks only: makes no folder, sweeps nothing. For verbs that answer without a host. */
  readonly readOnly?: boolean
  /** Present when this core is that of a running host. */
  readonly host?: HostFacts | undefined
  /** Present when the host is the desktop app: what only that can do. */
  readonly desktop?: DesktopShell | undefined
  /** How downloads come in; absent: Node's own http and https. */
  readonly fetch?: Fetch | undefined
  /** The tokens of the host, beside which core keeps those of its servers. */
  readonly secrets?: Secrets | undefined
  /** Told about bugs and oddities; the host writes them to its log. */
  readonly log?: ((text: string) => void) | undefined
}

/** Everything that the product does, behind one function. Every door talks to this and to nothing else. */
export interface Core {
  readonly layout: Layout
  readonly dispatch: Dispatch
  readonly events: EventHub
  readonly jobs: Jobs
  /** True while something runs that would end with us: a job, or a server that is not stopped. */
  readonly isBusy: () => Promise<boolean>
  /** Cancels the jobs and stops every server, verified. Safe to call again. */
  readonly close: () => Promise<void>
}

/** The only place that wires rooms together. */
export async function createCore(options: CoreOptions = {}): Promise<Core> {
  const env = options.env ?? process.env
  const layout = layoutOf(dataRoot(env, options.home))
  const log = options.log ?? (() => {})
  if (!options.readOnly) await prepare(layout, log)

  // Those who only look start no servers.
  const installed = isInstalled && options.host !== undefined
  const engine = await enginePlace(layout, { source: shipped('python/src'), isInstalled: installed, log })

  const onBug = (where: string, thrown: unknown) =>
    log(`${where}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`)
  const onTrouble = (thrown: unknown) => onBug('the watch over the trash', thrown)
  const secrets = options.secrets ?? createSecrets()
  const events = createEventHub({ onBug: (thrown) => onBug('a listener of events', thrown) })
  const jobs = createJobs(events, { onBug })
  const settings = createSettingsStore(layout)
  const network = createNetwork({
    layout,
    settings,
    env,
    runsScripts: options.fetch !== undefined,
    pythonSources: () => runtimes.sources(),
    packageSources: () => environments.indexes(),
  })
  const lent = options.fetch ? { fetch: options.fetch } : {}
  const runtimes = createRuntimes({ layout, settings, env, network, ...lent })
  const gpu = createGpu({ settings, env })
  const environments = createEnvironments({
    layout,
    settings,
    runtimes,
    network,
    env,
    usedBy: (name) => servers.usedBy(name),
    adminRequirements: shipped('resources/admin-requirements.txt'),
    profilesFile: shipped('resources/profiles.json'),
    gpu,
  })
  const bundles = createBundles({ layout, runtimes, environments })
  const servers = createServers({
    layout,
    settings,
    environments,
    network,
    events,
    secrets,
    env,
    engine,
    control: options.host?.control,
    log,
  })

  if (!options.readOnly) {
    for (const name of await environments.sweep()) log(`cleaned up a half-made environment: ${name}`)
    for (const name of await environments.recover())
      log(`put back an environment as it was before a change that was cut off: ${name}`)
  }
  const stopTrashWatch = options.host
    ? environments.watchTrash({
        onExpired: (names) => {
          log(`deleted for good, since nobody wanted them back: ${names.join(', ')}`)
          // The trash has no event of its own: who shows it looks again when environments change.
          void environments
            .list()
            .then((list) => events.emit('environments.changed', { environments: [...list] }), onTrouble)
        },
        onTrouble,
      })
    : () => {}
  // What a killed host left behind: its servers ended with it, their files did not.
  if (options.host) await servers.reclaim()

  const hostInfo = (): HostInfo => ({
    version,
    running: options.host !== undefined,
    pid: options.host ? process.pid : null,
    home: layout.home,
    paths: {
      settings: layout.settings,
      runtimes: layout.runtimes,
      environments: layout.environments,
      servers: layout.servers,
      endpoints: layout.endpoints,
      logs: layout.logs,
      cache: layout.cache,
      control: localAddress(layout, 'control', addressContext(env)).address,
    },
    instanceId: options.host?.instanceId ?? null,
    startedAt: options.host?.startedAt ?? null,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    desktop: options.desktop?.versions ?? null,
  })
  const requireHost = () => {
    if (!options.host)
      throw new AppError('NOT_RUNNING', 'No host is running', { hint: 'Start one with `beep-host serve`.' })
    return options.host
  }
  const stopHost = () => {
    setImmediate(requireHost().stop)
    return { pid: process.pid }
  }
  const handlers = createHandlers({
    layout,
    settings,
    network,
    runtimes,
    environments,
    gpu,
    bundles,
    servers,
    desktop: createDesktop({ shell: options.desktop, layout, runtimes }),
    jobs,
    events,
    secrets,
    env,
    hostInfo,
    stopHost,
    browserAddress: async (port) => requireHost().browserAddress(port),
  })
  const dispatch = createDispatch(handlers, { onBug })

  let closing: Promise<void> | undefined
  return {
    layout,
    dispatch,
    events,
    jobs,
    isBusy: async () =>
      jobs.list().some((job) => job.state === 'running') || (await servers.list()).some(isWorthStaying),
    close: () =>
      (closing ??= (async () => {
        events.emit('host.closing', {})
        stopTrashWatch()
        await jobs.close()
        await servers.stopAll()
      })()),
  }
}

/**
 * A server that has failed after it once ran is kept, for somebody should see why, and it may be about to come back; one that
 * never started has told its caller.
 */
function isWorthStaying({ state, startedAt, restarts }: Server): boolean {
  return state === 'failed' ? startedAt !== null || restarts !== undefined : state !== 'stopped'
}

async function prepare(layout: Layout, log: (text: string) => void): Promise<void> {
  await privateFolder(layout.home)
  const folders = [
    layout.runtimes,
    layout.environments,
    layout.servers,
    layout.endpoints,
    layout.logs,
    layout.cache,
    layout.staging,
    layout.locks,
  ]
  await Promise.all(folders.map(privateFolder))
  for (const name of await sweepStaging(layout)) log(`cleaned up after interrupted work: ${name}`)
}
