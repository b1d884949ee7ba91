import { AppError, isAppError } from '../../../contract/index.ts'
import type { Environment } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { damagedNames, forgetDamaged, isDamaged, noDamage, removeStrays } from '../damage.ts'
import type { Damage } from '../damage.ts'
import type { Entry } from '../folders.ts'
import { installPackages } from '../installer/index.ts'
import { describe } from '../list.ts'
import type { Manifest } from '../manifest.ts'
import { readMarker, removeMarker, stopOrphan } from '../marker.ts'
import { mergedRequirements, requirementName } from '../requirements.ts'
import type { Room } from '../room.ts'
import { changePackages, lookForDamage } from './change.ts'

/** What is left to do after work that was cut off. */
export interface Damages {
  readonly damage: Damage
  /** Packages to be put in again: those found damaged now, and those of a repair that was itself cut off. */
  readonly lost: readonly string[]
  readonly isNeeded: boolean
  /** Something was cut off. Then more may be missing than can be seen: what pip had moved aside leaves no other trace. */
  readonly isInterrupted: boolean
}

/** What an installation that was cut off has left to do; its installer is ended, should it still be at work. */
export async function findInterruption(room: Room, root: string): Promise<Damages> {
  const marker = await readMarker(root)
  if (marker === undefined) return { damage: noDamage, lost: [], isNeeded: false, isInterrupted: false }
  await stopOrphan(marker)
  const damage = await lookForDamage(room, root)
  const lost = [...new Set([...(marker === 'unreadable' ? [] : marker.lost), ...damagedNames(damage)])]
  return { damage, lost, isNeeded: lost.length > 0 || isDamaged(damage), isInterrupted: true }
}

/** The same for an environment of which nobody knows anything bad: every file is looked at. */
export async function findDamages(room: Room, root: string): Promise<Damages> {
  const found = await findInterruption(room, root)
  if (found.isInterrupted) return found
  const damage = await lookForDamage(room, root)
  return { ...found, damage, lost: damagedNames(damage), isNeeded: isDamaged(damage) }
}

/** What is asked for, so that everything that was lost is there again. */
export function repairing(earlier: readonly string[], lost: readonly string[], wanted: readonly string[]): string[] {
  const asked = mergedRequirements(earlier, wanted)
  const names = new Set(asked.map(requirementName))
  return [...asked, ...lost.filter((name) => !names.has(name))]
}

/**
 * Installs damaged packages again, in the versions that they had where those can still be had. The caller holds the lock.
 * @throws PACKAGES_FAILED and the like; the environment is `broken` then, and can be mended later
 */
export async function mend(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  damages: Damages,
  context: JobContext,
): Promise<Environment> {
  const { damage, lost, isNeeded, isInterrupted } = damages
  if (!isNeeded) {
    // Cut off before it had changed anything, or noted for a reason that is gone.
    await removeMarker(folder.root)
    return describe(room, folder, manifest)
  }
  const asked = isInterrupted ? manifest.requirements : []
  const anyVersion = repairing(asked, lost, [])
  const had = damage.packages.flatMap(({ name, version }) => (version === undefined ? [] : [`${name}==${version}`]))
  const mended = await changePackages(
    room,
    folder,
    manifest,
    {
      requirements: anyVersion,
      lost,
      async work(target, onStarted) {
        const install = async (isFresh: boolean) => {
          const order = (requirements: readonly string[]) =>
            installPackages(room, target, { requirements, isFresh }, context, onStarted)
          try {
            await order([...new Set([...anyVersion, ...had])])
          } catch (error) {
            const isGone = isAppError(error, 'PACKAGES_FAILED') && isAboutVersions(error.details?.['cause'])
            if (!isGone || had.length === 0) throw error
            await order(anyVersion)
          }
        }
        await forgetDamaged(damage)
        if (anyVersion.length === 0) return
        await install(false)
        // uv shares its files with its cache: what was emptied here was emptied there, and comes back empty.
        const left = await lookForDamage(room, folder.root)
        if (left.packages.length === 0) return
        await forgetDamaged(left)
        await install(true)
        requireWhole(folder, await lookForDamage(room, folder.root))
      },
      manifest: () => ({}),
    },
    context,
  )
  await removeStrays(damage)
  return mended
}

function requireWhole({ name }: Entry, damage: Damage): void {
  const incomplete = damagedNames(damage)
  if (incomplete.length === 0) return
  throw new AppError(
    'PACKAGES_FAILED',
    `In environment ${name} there is still something missing of ${incomplete.join(', ')}`,
    {
      hint: 'Something removes files right after they were installed: a security program, perhaps.',
      details: { incomplete },
    },
  )
}

function isAboutVersions(cause: unknown): boolean {
  return cause === 'no-match' || cause === 'conflict'
}

/** Does what an installation that was cut off has left to do, before anything else is changed. The caller holds the lock. @throws as `mend` */
export async function mendInterruption(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  context: JobContext,
): Promise<void> {
  const interruption = await findInterruption(room, folder.root)
  if (interruption.isNeeded) await mend(room, folder, manifest, interruption, context)
}
