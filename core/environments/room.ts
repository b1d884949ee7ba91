import type { Sizes } from './sizes.ts'
import type { EnvironmentsDeps } from './deps.ts'
import type { Tools } from './installer/tools.ts'

/** What every verb of this room works with: what it was given, and what it remembers between calls. */
export interface Room extends EnvironmentsDeps {
  readonly platform: NodeJS.Platform
  readonly tools: Tools
  readonly sizes: Sizes
}
