import type { LogStore } from './logs/log-store.ts'
import type { SpecStore } from './spec-store.ts'
import type { ServersDeps } from './types.ts'
import type { UsageSampler } from './usage/usage-sampler.ts'

/** What one supervisor shares with those of the other servers. */
export interface SupervisorDeps extends ServersDeps {
  readonly specs: SpecStore
  readonly logs: LogStore
  /** Ports that servers of this host have, or are trying to get, and whose they are. */
  readonly takenPorts: () => ReadonlyMap<number, string>
  readonly usage: Pick<UsageSampler, 'add' | 'remove'>
}
