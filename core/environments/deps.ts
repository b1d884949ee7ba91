import type { Gpu } from '../gpu/index.ts'
import type { Network } from '../network/index.ts'
import type { Layout } from '../platform/index.ts'
import type { Runtimes } from '../runtimes/index.ts'
import type { SettingsStore } from '../storage/index.ts'

/** What this room is given. */
export interface EnvironmentsDeps {
  readonly layout: Layout
  readonly settings: SettingsStore
  readonly runtimes: Runtimes
  readonly network: Pick<Network, 'forInstallers' | 'address'>
  readonly env: NodeJS.ProcessEnv
  /** Names of the servers that run on an environment right now. */
  readonly usedBy: (environment: string) => readonly string[]
  /** The file with the requirements of the admin environment (resources/admin-requirements.txt). */
  readonly adminRequirements: string
  /** The file with the profiles that ship (resources/profiles.json). */
  readonly profilesFile: string
  /** Which GPU back end packages are chosen for. */
  readonly gpu: Gpu
}
