import type { HostInfo } from '../contract/index.ts'
import type { Desktop } from './desktop/index.ts'
import type { Bundles } from './bundles/index.ts'
import type { Environments } from './environments/index.ts'
import type { EventHub, Secrets } from './events/index.ts'
import type { Gpu } from './gpu/index.ts'
import type { Jobs } from './jobs/index.ts'
import type { Layout } from './platform/index.ts'
import type { Network } from './network/index.ts'
import type { Runtimes } from './runtimes/index.ts'
import type { Servers } from './servers/index.ts'
import type { SettingsStore } from './storage/index.ts'

/** The rooms, as the handlers and the doctor see them. */
export interface Rooms {
  readonly layout: Layout
  readonly settings: SettingsStore
  readonly network: Network
  readonly runtimes: Runtimes
  readonly environments: Environments
  readonly gpu: Gpu
  readonly bundles: Bundles
  readonly servers: Servers
  readonly desktop: Desktop
  readonly jobs: Jobs
  readonly events: EventHub
  readonly secrets: Secrets
  /** The environment that the user started us with. */
  readonly env: NodeJS.ProcessEnv
  readonly hostInfo: () => HostInfo
  /** Ends the host after the answer is out; refuses where there is none. */
  readonly stopHost: () => { readonly pid: number }
  /** Opens the browser door if need be; a fresh address. Refuses where there is no host. */
  readonly browserAddress: (port: number) => Promise<{ readonly url: string }>
}
