import { createBundles } from '../../../core/bundles/index.ts'
import { createEnvironments } from '../../../core/environments/index.ts'
import { createGpu } from '../../../core/gpu/index.ts'
import { createNetwork } from '../../../core/network/index.ts'
import { shipped } from '../../../core/shipped.ts'
import { workplace } from '../runtimes/workplace.ts'
import type { WorkplaceOptions } from '../runtimes/workplace.ts'

/** A data root, and the rooms that bundles need. `adminRequirements`: a file; absent: the one that ships. */
export function bundlePlace(
  options: WorkplaceOptions = {},
  adminRequirements = shipped('resources/admin-requirements.txt'),
) {
  const { layout, settings, runtimes, env, job } = workplace(options)
  const environments = createEnvironments({
    layout,
    settings,
    runtimes,
    network: createNetwork({ layout, settings, env }),
    env,
    usedBy: () => [],
    adminRequirements,
    profilesFile: shipped('resources/profiles.json'),
    gpu: createGpu({ settings, env }),
  })
  return { layout, settings, runtimes, job, bundles: createBundles({ layout, runtimes, environments }) }
}
