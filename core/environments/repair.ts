import { stat } from 'node:fs/promises'
import { AppError, isAppError } from '../../contract/index.ts'
import type { Environment, RepairedEnvironment, Runtime } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { carry } from './carry/carry.ts'
import { refuseUsed } from './claim.ts'
import type { Entry } from './folders.ts'
import { describe } from './list.ts'
import { make } from './make.ts'
import type { Plan } from './make.ts'
import { originOf, readManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { readMarker, stopOrphan } from './marker.ts'
import { unaskedRoots } from './metadata/graph.ts'
import { onEnvironment } from './packages/change.ts'
import { packageFacts } from './packages/facts.ts'
import { findDamages, mend } from './packages/mend.ts'
import { builtFor, planRepair } from './repair-plan.ts'
import type { RepairPlan } from './repair-plan.ts'
import type { Room } from './room.ts'
import { sitePackages } from './site-packages.ts'
import { moveSnapshots } from './snapshots/entries.ts'
import { trashEntry } from './trash/entries.ts'
import { bringBack, endRepair, moveToTrash } from './trash/move.ts'
import { checkStarts } from './venv.ts'

type Steps = RepairedEnvironment['repairs']

/**
 * Puts an environment right, with as little change as will do:
 * - sound: nothing, after a look at every file and a start of its Python
 * - a change of packages that was cut off: taken back
 * - damaged packages: installed again
 * - its Python is lost, or it was moved: a Python of the same version takes over, the packages are those that were there
 * - no such Python, or packages that keep it from starting: made anew from its requirements; the old one lies in the trash
 * @throws as `install`, PYTHON_MISSING, IN_USE; the environment is as it was then, or can be repaired again
 */
export function repair(room: Room, name: string, context: JobContext): Promise<RepairedEnvironment> {
  return onEnvironment(room, name, 'repair', context, async (folder, manifest, isRecovered) => {
    context.progress({ fraction: null, title: `Looking at every file of ${folder.name}` })
    await stopOrphan(await readMarker(folder.root))
    const isInPlace = await hasUsablePython(room, folder, manifest, context)
    if (isInPlace) return mendPackages(room, folder, manifest, isRecovered ? ['restored'] : [], context)
    refuseUsed(room, folder.name)
    return rebuild(room, folder, manifest, context)
  })
}

/** By its files first, since those are quick to look at and tell more. */
async function hasUsablePython(room: Room, folder: Entry, manifest: Manifest, context: JobContext): Promise<boolean> {
  if (await isPythonLost(room, folder, manifest)) return false
  try {
    await checkStarts(room, folder.root, context.signal)
    return true
  } catch (error) {
    if (isAppError(error, 'PYTHON_BROKEN', 'SPAWN_FAILED', 'TIMEOUT')) return false
    throw error
  }
}

/** Not a change of packages that went wrong: that is seen by looking at the packages, and by starting. */
async function isPythonLost(room: Room, folder: Entry, manifest: Manifest): Promise<boolean> {
  const { problem } = await describe(room, folder, manifest)
  const marker = await readMarker(folder.root)
  const isNoted = marker !== undefined && marker !== 'unreadable' && marker.problem?.message === problem?.message
  return problem !== undefined && problem.code !== 'PACKAGES_FAILED' && !isNoted
}

async function mendPackages(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  done: Steps,
  context: JobContext,
  lostBefore: readonly string[] = [],
): Promise<RepairedEnvironment> {
  const found = await findDamages(room, folder.root)
  const lost = [...new Set([...found.lost, ...lostBefore])]
  const damages = { ...found, lost, isNeeded: found.isNeeded || lost.length > 0 }
  if (damages.isNeeded) refuseUsed(room, folder.name)
  const mended = await mend(room, folder, manifest, damages, context)
  return { ...mended, repairs: damages.isNeeded ? [...done, 'reinstalled'] : done }
}

async function rebuild(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  context: JobContext,
): Promise<RepairedEnvironment> {
  const isLost = await isPythonLost(room, folder, manifest)
  const plan = await chooseRuntime(room, folder, manifest)
  if (plan.keepsPackages) {
    try {
      return await relink(room, folder, manifest, plan.runtime, context)
    } catch (error) {
      // The interpreter is sound and does not start with these packages: a bad .pth file does that.
      if (!isAppError(error, 'PYTHON_BROKEN')) throw error
      return await remake(room, folder, manifest, plan.runtime, manifest.requirements, context)
    }
  }
  const requirements = isLost ? await wantedAgain(room, folder, manifest) : manifest.requirements
  return remake(room, folder, manifest, plan.runtime, requirements, context)
}

async function chooseRuntime(room: Room, folder: Entry, manifest: Manifest): Promise<RepairPlan> {
  const unless = (error: unknown) => {
    if (isAppError(error, 'NOT_FOUND', 'PYTHON_MISSING')) return undefined
    throw error
  }
  const [recorded, byDefault, runtimes] = await Promise.all([
    room.runtimes.get(manifest.runtime).catch(unless),
    room.runtimes.default().catch(unless),
    room.runtimes.list(),
  ])
  const site = await sitePackages(folder.root, room.platform)
  const hasPackages = site !== undefined && (await stat(site).catch(() => undefined))?.isDirectory() === true
  const built = hasPackages ? builtFor(site, manifest.python) : undefined
  const plan = planRepair(built, recorded, byDefault, runtimes)
  if (plan) return plan
  throw new AppError('PYTHON_MISSING', `There is no Python to put environment ${folder.name} on`, {
    hint: 'Get one: `beep-host init`. Then repair again.',
    details: { python: manifest.python, runtime: manifest.runtime },
  })
}

/** A fresh environment in the old place, filled with what the old one holds. */
async function relink(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  runtime: Runtime,
  context: JobContext,
): Promise<RepairedEnvironment> {
  const marker = await readMarker(folder.root)
  const { sizeBytes } = await describe(room, folder, manifest)
  const title = `Putting ${folder.name} on Python ${runtime.version}`
  const fill = (content: string) => (to: string) =>
    carry(
      room,
      {
        from: content,
        madeFor: manifest.root,
        to,
        base: runtime.executable,
        mode: 'link',
        title,
        bytesTotal: sizeBytes,
      },
      context,
    )
  const made = await replace(room, folder, manifest, { runtime, requirements: manifest.requirements, fill }, context)
  // In the same place, on the same version of Python, they fit as they did before. Elsewhere their scripts would lead back there.
  if (manifest.root === folder.root) await moveSnapshots(trashEntry(room.layout, made.trashId).content, folder.root)
  await endRepair(room, made.trashId, 'erase')
  const lost = marker === undefined || marker === 'unreadable' ? [] : marker.lost
  return mendPackages(room, folder, made.manifest, ['relinked'], context, lost)
}

async function remake(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  runtime: Runtime,
  requirements: readonly string[],
  context: JobContext,
): Promise<RepairedEnvironment> {
  const made = await replace(room, folder, manifest, { runtime, requirements }, context)
  // It may hold what no index has, and files of the user's.
  await endRepair(room, made.trashId, 'keep')
  return { ...made.environment, repairs: ['remade'] }
}

interface Replacement {
  readonly runtime: Runtime
  readonly requirements: readonly string[]
  /** Given where the old one lies meanwhile. */
  readonly fill?: (content: string) => NonNullable<Plan['fill']>
}

/** Makes an environment anew in its place. The old one lies in the trash meanwhile, and comes back when that fails. */
async function replace(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  { runtime, requirements, fill }: Replacement,
  context: JobContext,
): Promise<{ readonly environment: Environment; readonly manifest: Manifest; readonly trashId: string }> {
  const { sizeBytes } = await describe(room, folder, manifest)
  if (context.signal.aborted) throw new AppError('CANCELLED', `Cancelled: repairing environment ${folder.name}`)
  const trashId = await moveToTrash(room, folder, { sizeBytes, isRepair: true })
  const { content } = trashEntry(room.layout, trashId)
  try {
    const environment = await make(
      room,
      {
        name: folder.name,
        kind: manifest.kind,
        runtime,
        requirements,
        createdAt: manifest.createdAt,
        origin: originOf(manifest),
        ...(fill ? { fill: fill(content) } : {}),
      },
      context,
    )
    const made = await readManifest(folder.root)
    if (made.state === 'ok') return { environment, manifest: made.value, trashId }
    throw new AppError('FILE_UNREADABLE', `Environment ${folder.name} was changed by somebody else meanwhile`)
  } catch (error) {
    await bringBack(room, trashId).catch(() => endRepair(room, trashId, 'keep'))
    throw error
  }
}

/** What was asked for, and what somebody has put in by other means, by name. */
async function wantedAgain(room: Room, folder: Entry, manifest: Manifest): Promise<readonly string[]> {
  const { graph, recorded } = await packageFacts(room, folder.name, folder.root, manifest)
  const others = unaskedRoots(graph, recorded).filter(({ key, isDirect }) => key !== 'pip' && !isDirect)
  return [...recorded, ...others.map(({ name }) => name)]
}
