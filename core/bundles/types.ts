import type { CheckedParams, ImportedBundle, MadeBundle } from '../../contract/index.ts'
import type { Environments } from '../environments/index.ts'
import type { JobContext } from '../jobs/index.ts'
import type { Layout } from '../platform/index.ts'
import type { Runtimes } from '../runtimes/index.ts'

export interface BundlesDeps {
  readonly layout: Layout
  readonly runtimes: Runtimes
  readonly environments: Environments
}

/** One file with a Python and wheels, made where there is a network, for where there is none. */
export interface Bundles {
  /**
   * @throws NOT_FOUND, PACKAGES_FAILED, UNSUPPORTED for another machine without uv, PATH_UNUSABLE, DISK_FULL, and whatever getting a
   * Python may throw
   */
  readonly create: (params: CheckedParams<'bundles.create'>, context: JobContext) => Promise<MadeBundle>
  /**
   * All of it is checked before anything is put in place.
   * @throws NOT_FOUND, ARCHIVE_INVALID, HASH_MISMATCH, WRONG_PLATFORM, DISK_FULL, and whatever installing a Python may throw
   */
  readonly import: (params: CheckedParams<'bundles.import'>, context: JobContext) => Promise<ImportedBundle>
}
