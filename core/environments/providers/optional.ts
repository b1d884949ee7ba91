import { isAppError } from '../../../contract/index.ts'
import type { AppError, Environment } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { soundOrThrow } from '../sound.ts'
import { findFolder } from '../folders.ts'
import type { Entry } from '../folders.ts'
import { uninstallPackages } from '../installer/index.ts'
import { describe, notFound } from '../list.ts'
import { readManifest, writeManifest } from '../manifest.ts'
import type { Manifest } from '../manifest.ts'
import { readPackages } from '../metadata/installed.ts'
import { changePackages } from '../packages/change.ts'
import { installInto } from '../packages/install.ts'
import type { ProfilePlan } from '../profiles/plan.ts'
import { checkedRequirements, mergedRequirements, normalizedName, requirementName } from '../requirements.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import { verifyImports } from './verify.ts'

/**
 * Installs the optional packages of profiles, each on its own, with what is required beside it, so that none of them breaks that.
 * One that fails is noted in the manifest with its reason, and is no failure. The caller holds the lock.
 * @returns the environment as it is then; undefined where there was nothing to do
 * @throws CANCELLED, and the problem where a failure has left damage
 */
export async function addOptional(
  room: Room,
  name: string,
  plan: ProfilePlan,
  wanted: readonly string[],
  context: JobContext,
): Promise<Environment | undefined> {
  let environment: Environment | undefined
  for (const requirement of checkedRequirements(wanted)) {
    const { folder, manifest } = await current(room, name)
    try {
      environment = await addOne(room, folder, manifest, plan, requirement, context)
    } catch (error) {
      if (!isAppError(error, 'PACKAGES_FAILED', 'TIMEOUT', 'PYTHON_BROKEN')) throw error
      if (error.details?.['isRolledBack'] !== true) await takeOut(room, folder, requirement, context)
      environment = (await mayPass(room, error))
        ? soundOrThrow(await describe(room, folder, manifest))
        : await note(room, name, requirement, error)
    }
  }
  return environment
}

function addOne(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  plan: ProfilePlan,
  requirement: string,
  context: JobContext,
): Promise<Environment> {
  context.progress({ fraction: null, title: `Adding ${requirementName(requirement)}, which is optional` })
  const skipped = (manifest.skipped ?? []).filter((one) => one.requirement !== requirement)
  const change = { requirements: mergedRequirements(manifest.requirements, [requirement]), skipped }
  const verify = () =>
    verifyImports(room, folder.root, { packages: [requirement], modules: plan.verify.modules }, context)
  const occasion = { reason: 'ensure', about: [requirement] } as const
  return installInto(room, folder, manifest, [...plan.requirements, requirement], change, context, { occasion, verify })
}

/** What is installed and cannot be imported is of no use to anybody. */
async function takeOut(room: Room, folder: Entry, requirement: string, context: JobContext): Promise<void> {
  const key = requirementName(requirement)
  const packages = await readPackages(await sitePackages(folder.root, room.platform))
  if (!packages.some((one) => normalizedName(one.name) === key)) return
  const { manifest } = await current(room, folder.name)
  const { requirements } = manifest
  await changePackages(
    room,
    folder,
    manifest,
    {
      requirements,
      work: (target, onStarted) => uninstallPackages(room, target, [key], context, onStarted),
      manifest: () => ({}),
    },
    context,
  )
}

/** What another time may go well: it says nothing of the package, which is tried again then. */
async function mayPass(room: Room, { details }: AppError): Promise<boolean> {
  const passing: readonly unknown[] = ['unreachable', 'proxy', 'certificate', 'credentials', 'disk-full']
  return passing.includes(details?.['cause']) || (await room.settings.get()).offline
}

async function note(room: Room, name: string, requirement: string, error: AppError): Promise<Environment> {
  const { folder, manifest } = await current(room, name)
  const others = (manifest.skipped ?? []).filter((one) => one.requirement !== requirement)
  const noted = { ...manifest, skipped: [...others, { requirement, reason: error.message }] }
  await writeManifest(folder.root, noted)
  return soundOrThrow(await describe(room, folder, noted))
}

async function current(room: Room, name: string): Promise<{ readonly folder: Entry; readonly manifest: Manifest }> {
  const folder = await findFolder(room.layout, name)
  const read = folder && (await readManifest(folder.root))
  if (!folder || !read || read.state === 'absent') throw await notFound(room, name)
  if (read.state === 'unreadable') throw read.problem
  return { folder, manifest: read.value }
}
