import { createBundle } from './create.ts'
import { importBundle } from './import.ts'
import type { Bundles, BundlesDeps } from './types.ts'

export type * from './types.ts'

export function createBundles(deps: BundlesDeps): Bundles {
  return {
    create: (params, context) => createBundle(deps, params, context),
    import: (params, context) => importBundle(deps, params, context),
  }
}
