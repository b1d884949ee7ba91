import type { Layout, PlatformFacts } from '../../platform/index.ts'
import type { Fetch } from '../download/fetch.ts'

/** Where an install stands; tests stop it there. */
export type InstallPhase =
  'locked' | 'download' | 'verified' | 'extract' | 'extracted' | 'finished' | 'staged' | 'replaced' | 'committed'

/** What an install works with. */
export interface InstallDeps {
  readonly layout: Layout
  readonly env: NodeJS.ProcessEnv
  readonly facts: PlatformFacts
  readonly fetch: Fetch
  readonly freeBytes: (folder: string) => Promise<number>
  readonly onPhase: (phase: InstallPhase) => Promise<void> | void
  /** The mirror of the settings. */
  readonly mirror: string | null
  /** What is not here already is not fetched. */
  readonly isOffline: boolean
}
