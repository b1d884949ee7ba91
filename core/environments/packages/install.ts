import type { CheckedParams, Environment } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { forgetDamaged, removeStrays } from '../damage.ts'
import type { Entry } from '../folders.ts'
import { installPackages } from '../installer/index.ts'
import { describe } from '../list.ts'
import type { Manifest } from '../manifest.ts'
import { checkedRequirements, mergedRequirements } from '../requirements.ts'
import type { Room } from '../room.ts'
import { changePackages, onEnvironment, refuseBroken } from './change.ts'
import { findInterruption, repairing } from './mend.ts'

export async function install(
  room: Room,
  params: CheckedParams<'packages.install'>,
  context: JobContext,
): Promise<Environment> {
  const requirements = checkedRequirements(params.packages)
  return onEnvironment(room, params.name, 'install into', context, (folder, manifest) => {
    const change = { requirements: mergedRequirements(manifest.requirements, requirements) }
    return installInto(room, folder, manifest, requirements, change, context)
  })
}

/** Installs into an environment that is there, and mends it on the way if need be; the caller holds its lock. */
export async function installInto(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  requirements: readonly string[],
  change: Partial<Manifest>,
  context: JobContext,
  /** Looks whether what was installed works. */
  verify: () => Promise<void> = () => Promise.resolve(),
): Promise<Environment> {
  refuseBroken(await describe(room, folder, manifest))
  const { damage, lost, isNeeded } = await findInterruption(room, folder.root)
  const installed = await changePackages(
    room,
    folder,
    manifest,
    {
      requirements,
      lost,
      async work(target, onStarted) {
        await forgetDamaged(damage)
        const wanted = isNeeded ? repairing(manifest.requirements, lost, requirements) : requirements
        await installPackages(room, target, { requirements: wanted }, context, onStarted)
        await verify()
      },
      manifest: () => change,
    },
    context,
  )
  await removeStrays(damage)
  return installed
}
