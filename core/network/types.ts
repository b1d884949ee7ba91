import type { SecureContext } from 'node:tls'
import type {
  Network as NetworkView,
  NetworkSource,
  NetworkTestRow,
  Settings,
  SettingsChange,
} from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import type { Layout } from '../platform/index.ts'
import type { SettingsStore } from '../storage/index.ts'
import type { Variables } from './child-variables.ts'

/** A place that Pythons or packages are asked of. With its password. */
export interface AskedAddress {
  readonly url: string
  readonly origin: NetworkSource['origin']
  /** What to ask it for a test: of these the first that is there. */
  readonly ask: readonly string[]
}

export interface NetworkDeps {
  readonly layout: Layout
  readonly settings: SettingsStore
  /** The environment that the user started us with. */
  readonly env: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
  /** Downloads of this host may go over a browser's network, which can run the system's proxy script. */
  readonly runsScripts?: boolean
  /** Whom Pythons are asked of: each an archive, by its whole address. Asked when it is needed, for it stands above this room. */
  readonly pythonSources?: () => Promise<readonly AskedAddress[]>
  /** The indexes that installers ask. */
  readonly packageSources?: () => Promise<readonly AskedAddress[]>
}

/** What a request needs to know. */
export interface Route {
  /** With its password; undefined: straight. */
  readonly proxy: string | undefined
  readonly context: SecureContext
}

/** How the network is used: proxy, certificates and indexes, from the settings, the environment and the operating system. */
export interface Network {
  readonly route: (url: URL) => Promise<Route>
  /** True where the operating system decides alone, so that a network stack which knows it well may take over. */
  readonly leavesItToTheSystem: () => Promise<boolean>
  /** For pip and uv. `weak` counts where nobody has said otherwise. `alsoTrust`: files of their own configuration. */
  readonly forInstallers: (
    alsoTrust?: readonly string[],
  ) => Promise<{ readonly strong: Variables; readonly weak: Variables }>
  /** For the servers of users: the proxy, and certificates where the settings name some. */
  readonly forServers: () => Promise<Variables>
  /** An address of the settings with its password. */
  readonly address: (key: 'packageIndex' | 'pythonMirror') => Promise<string | null>
  /** @throws INVALID_PARAMS for what cannot be so, before it is kept */
  readonly checkChange: (change: SettingsChange, settings: Settings) => Promise<void>
  readonly show: () => Promise<NetworkView>
  /** @throws CANCELLED */
  readonly test: (context: JobContext) => Promise<readonly NetworkTestRow[]>
}
