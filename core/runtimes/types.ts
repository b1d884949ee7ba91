import type { CatalogEntry, CheckedParams, Runtime } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import type { Layout, Triple } from '../platform/index.ts'
import type { AskedAddress, Network } from '../network/index.ts'
import type { SettingsStore } from '../storage/index.ts'
import type { Fetch } from './download/fetch.ts'

/** The archive that a managed Python is made from, verified. */
export interface RuntimeArchive {
  /** Full path; it belongs to the cache. */
  readonly file: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly python: string
  /** What kind of machine it is for, such as x86_64-unknown-linux-gnu. */
  readonly triple: Triple
}

export interface RuntimesDeps {
  readonly layout: Layout
  readonly settings: SettingsStore
  readonly network: Pick<Network, 'route' | 'leavesItToTheSystem' | 'address'>
  /** The environment that the user started us with: PATH and the like, for discovery and for children. */
  readonly env: NodeJS.ProcessEnv
  /** How bytes come in; absent: Node's own http and https. Electron puts its network stack here. */
  readonly fetch?: Fetch
}

/** The Pythons of this machine: what is there, what can be had, and the getting. */
export interface Runtimes {
  /** Managed ones and discovered ones, the default marked; a broken one with its reason. Quick: probes are cached on disk. */
  readonly list: (options?: { readonly refresh?: boolean }) => Promise<readonly Runtime[]>
  /** What can be downloaded for this machine, with the sizes that are known. No network. */
  readonly catalog: () => Promise<readonly CatalogEntry[]>
  /** The same, after the mirrors were asked for the sizes that are not known; null where none answers. @throws CANCELLED */
  readonly measure: (context: JobContext) => Promise<readonly CatalogEntry[]>
  /** Whom a download is asked of, in this order, and whose choice that is: the newest archive for this machine, by its address. */
  readonly sources: () => Promise<readonly AskedAddress[]>
  /** @throws NOT_FOUND */
  readonly get: (id: string) => Promise<Runtime>
  /** The one to use where none is named. @throws PYTHON_MISSING with the way out. */
  readonly default: () => Promise<Runtime>
  readonly install: (request: CheckedParams<'runtimes.install'>, context: JobContext) => Promise<Runtime>
  /** Of a Python of the catalog, from the cache or downloaded; for this machine, unless another kind is named. @throws as `install` */
  readonly archive: (version: string | undefined, context: JobContext, triple?: Triple) => Promise<RuntimeArchive>
  /** The kind of machine that archives for this one are for. @throws WRONG_PLATFORM */
  readonly triple: () => string
  /** @throws NOT_FOUND, PYTHON_BROKEN */
  readonly setDefault: (id: string) => Promise<Runtime>
  /** @throws NOT_FOUND, PROTECTED for one that is not ours, IN_USE while `usedBy` names environments. */
  readonly remove: (
    id: string,
    usedBy: readonly string[],
    context: JobContext,
  ) => Promise<{ readonly id: string; readonly freedBytes: number }>
}
