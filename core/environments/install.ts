import { AppError, adminEnvironmentName, isAppError, sameName, toErrorInfo } from '../../contract/index.ts'
import type { CheckedParams, Environment, ErrorInfo } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { environmentExecutable } from '../platform/index.ts'
import { isProtected } from './claim.ts'
import { damagedNames, findDamage, forgetDamaged, isDamaged, removeStrays } from './damage.ts'
import type { Damage } from './damage.ts'
import { findFolder } from './folders.ts'
import type { Entry } from './folders.ts'
import { interrupted } from './inspect.ts'
import { installPackages } from './installer/index.ts'
import { describe, notFound } from './list.ts'
import { withEnvironmentLock } from './lock.ts'
import { readManifest, writeManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { noteInstaller, noteProblem, placeMarker, readMarker, removeMarker, stopOrphan } from './marker.ts'
import type { Marker } from './marker.ts'
import { checkedRequirements, mergedRequirements, requirementName } from './requirements.ts'
import type { Room } from './room.ts'
import { sitePackages } from './site-packages.ts'
import { measure } from './sizes.ts'
import { checkStarts } from './venv.ts'

export async function install(
  room: Room,
  params: CheckedParams<'packages.install'>,
  context: JobContext,
): Promise<Environment> {
  if (sameName(params.name, adminEnvironmentName)) throw isProtected('install into')
  const requirements = checkedRequirements(params.packages)
  if (!(await findFolder(room.layout, params.name))) throw await notFound(room, params.name)
  return withEnvironmentLock(room.layout, params.name, context, async () => {
    const folder = await findFolder(room.layout, params.name)
    const read = folder && (await readManifest(folder.root))
    if (!folder || !read || read.state === 'absent') throw await notFound(room, params.name)
    if (read.state === 'unreadable') throw read.problem
    const change = { requirements: mergedRequirements(read.value.requirements, requirements) }
    return installInto(room, folder, read.value, requirements, change, context)
  })
}

/**
 * Installs into an environment that is there; the caller holds its lock. Ends with the environment sound and its manifest
 * changed, or with the manifest as it was; and where a failure has left half a package, with a marker that says so.
 */
export async function installInto(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  requirements: readonly string[],
  change: Partial<Manifest>,
  context: JobContext,
): Promise<Environment> {
  const { name, root } = folder
  const before = await describe(room, folder, manifest)
  // PACKAGES_FAILED: cut off half-way, which is what an installation mends.
  if (before.problem && before.problem.code !== 'PACKAGES_FAILED') {
    const { code, message, hint, details } = before.problem
    throw new AppError(code, message, { hint, details })
  }
  const repair = await planRepair(room, root)
  const marker = await placeMarker(root, 'install', requirements, repair.lost)
  try {
    await forgetDamaged(repair.damage)
    const wanted = repair.isNeeded ? repairing(manifest.requirements, repair.lost, requirements) : requirements
    const executable = environmentExecutable(root, room.platform)
    const target = { name, root, executable, base: manifest.base, compile: manifest.kind === 'admin' }
    await installPackages(room, target, wanted, context, (pid) => noteInstaller(root, marker, pid))
    await checkStarts(room, root, context.signal)
  } catch (error) {
    await settleFailure(room, folder, marker, error)
    throw error
  }
  await removeStrays(repair.damage)
  const changed: Manifest = { ...manifest, ...change, size: await measure(root, room.platform) }
  await writeManifest(root, changed)
  await removeMarker(root)
  return describe(room, folder, changed)
}

const noDamage: Damage = { packages: [], strays: [] }

interface Repair {
  readonly damage: Damage
  /** Packages to be put in again: those found damaged now, and those of a repair that was itself cut off. */
  readonly lost: readonly string[]
  readonly isNeeded: boolean
}

/** What an installation that was cut off has left to do; its installer is ended, should it still be at work. */
async function planRepair(room: Room, root: string): Promise<Repair> {
  const old = await readMarker(root)
  if (old === undefined) return { damage: noDamage, lost: [], isNeeded: false }
  await stopOrphan(old)
  const damage = await look(room, root)
  const lost = [...new Set([...(old === 'unreadable' ? [] : old.lost), ...damagedNames(damage)])]
  return { damage, lost, isNeeded: lost.length > 0 || isDamaged(damage) }
}

async function look(room: Room, root: string): Promise<Damage> {
  const site = await sitePackages(root, room.platform)
  return site === undefined ? noDamage : findDamage(site)
}

/** After an interruption everything that was ever asked for is asked for again: what pip had moved aside has left no other trace. */
function repairing(earlier: readonly string[], lost: readonly string[], wanted: readonly string[]): string[] {
  const asked = mergedRequirements(earlier, wanted)
  const names = new Set(asked.map(requirementName))
  return [...asked, ...lost.filter((name) => !names.has(name))]
}

/** A failed installer has mostly changed nothing. Looked at file by file; if it has, the marker stays and says what. */
async function settleFailure(room: Room, folder: Entry, marker: Marker, error: unknown): Promise<void> {
  const damage = await look(room, folder.root)
  const incomplete = [...new Set([...marker.lost, ...damagedNames(damage)])]
  if (incomplete.length > 0 || isDamaged(damage))
    await noteProblem(folder.root, marker, interrupted(folder.name, marker.requirements, incomplete))
  // The packages are in, and with them the interpreter does not start any more (a bad .pth file does that).
  else if (isAppError(error, 'PYTHON_BROKEN')) await noteProblem(folder.root, marker, startProblem(error))
  else await removeMarker(folder.root)
}

function startProblem(error: AppError): ErrorInfo {
  const hint = 'Delete the environment and make it again without the package that does this.'
  return { ...toErrorInfo(error), hint }
}
