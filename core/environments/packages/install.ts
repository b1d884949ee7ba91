import type { Environment } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { forgetDamaged, removeStrays } from '../damage.ts'
import type { Entry } from '../folders.ts'
import { installPackages } from '../installer/index.ts'
import { describe } from '../list.ts'
import type { Manifest } from '../manifest.ts'
import { checkedRequirements, mergedRequirements } from '../requirements.ts'
import type { Room } from '../room.ts'
import type { Occasion } from '../snapshots/take.ts'
import type { VerifiedParams } from '../requests.ts'
import { changePackages, onEnvironment, refuseBroken } from './change.ts'
import { packageFacts } from './facts.ts'
import { findInterruption, mend, repairing } from './mend.ts'
import { verifyChange } from './verify-change.ts'

export async function install(
  room: Room,
  params: VerifiedParams<'packages.install'>,
  context: JobContext,
  reason: Occasion['reason'] = 'install',
  hashes?: ReadonlyMap<string, readonly string[]>,
): Promise<Environment> {
  const requirements = checkedRequirements(params.packages)
  return onEnvironment(room, params.name, 'install into', context, async (folder, manifest) => {
    const wanted = mergedRequirements(manifest.requirements, requirements)
    const before = await packageFacts(room, folder.name, folder.root, manifest)
    const verification = { before, asked: requirements, requirements: wanted }
    const verify = () => verifyChange(room, folder, manifest, verification, context)
    return installInto(room, folder, manifest, requirements, { requirements: wanted }, context, {
      occasion: { reason, about: requirements },
      hashes,
      ...(params.verify === false ? {} : { verify }),
    })
  })
}

export interface InstallOptions {
  /** Why what is there is kept; absent: a failure is not taken back. */
  readonly occasion?: Occasion
  /** See `Order`. */
  readonly hashes?: ReadonlyMap<string, readonly string[]> | undefined
  /** Looks whether what was installed works. */
  readonly verify?: () => Promise<void>
}

/** Installs into an environment that is there, and mends it on the way if need be; the caller holds its lock. */
export async function installInto(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  requirements: readonly string[],
  change: Partial<Manifest>,
  context: JobContext,
  options: InstallOptions = {},
): Promise<Environment> {
  refuseBroken(await describe(room, folder, manifest))
  const { hashes } = options
  const interruption = await findInterruption(room, folder.root)
  // What was lost has no hashes: it is put in before.
  if (hashes && interruption.isNeeded) await mend(room, folder, manifest, interruption, context)
  const { damage, lost, isNeeded } = hashes ? await findInterruption(room, folder.root) : interruption
  const installed = await changePackages(
    room,
    folder,
    manifest,
    {
      requirements,
      lost,
      // What is damaged is not worth going back to.
      ...(options.occasion && !isNeeded ? { occasion: options.occasion } : {}),
      async work(target, onStarted) {
        await forgetDamaged(damage)
        const wanted = isNeeded ? repairing(manifest.requirements, lost, requirements) : requirements
        await installPackages(room, target, { requirements: wanted, hashes }, context, onStarted)
      },
      ...(options.verify ? { verify: options.verify } : {}),
      manifest: () => change,
    },
    context,
  )
  await removeStrays(damage)
  return installed
}
