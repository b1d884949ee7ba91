import { AppError, adminEnvironmentName, isAppError, sameName, toErrorInfo } from '../../../contract/index.ts'
import type { Environment, ErrorInfo } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { environmentExecutable } from '../../platform/index.ts'
import { isProtected } from '../claim.ts'
import { damagedNames, findDamage, isDamaged, noDamage } from '../damage.ts'
import type { Damage } from '../damage.ts'
import { findFolder } from '../folders.ts'
import type { Entry } from '../folders.ts'
import { interrupted } from '../inspect.ts'
import type { OnStarted } from '../installer/index.ts'
import type { Target } from '../installer/target.ts'
import { describe, notFound } from '../list.ts'
import { withEnvironmentLock } from '../lock.ts'
import { readManifest, writeManifest } from '../manifest.ts'
import type { Manifest } from '../manifest.ts'
import { noteInstaller, noteProblem, placeMarker, removeMarker } from '../marker.ts'
import type { Marker } from '../marker.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import { settleSnapshot } from '../snapshots/settle.ts'
import { recover, takeBack } from '../snapshots/take-back.ts'
import { takeSnapshot } from '../snapshots/take.ts'
import type { Occasion } from '../snapshots/take.ts'
import { measure } from '../sizes.ts'
import { checkStarts } from '../venv.ts'

/**
 * Does work on an environment of the user's under its lock, with what its manifest says. A change that a killed program has left
 * half done is taken back first.
 * @param verb what is done, for the refusal of `admin`
 * @throws PROTECTED, NOT_FOUND, FILE_UNREADABLE, LOCKED, CANCELLED
 */
export async function onEnvironment<T>(
  room: Room,
  name: string,
  verb: string,
  context: JobContext,
  work: (folder: Entry, manifest: Manifest, isRecovered: boolean) => Promise<T>,
): Promise<T> {
  if (sameName(name, adminEnvironmentName)) throw isProtected(verb)
  if (!(await findFolder(room.layout, name))) throw await notFound(room, name)
  return withEnvironmentLock(room.layout, name, context, async () => {
    const folder = await findFolder(room.layout, name)
    const isRecovered = folder !== undefined && (await recover(room, folder))
    const read = folder && (await readManifest(folder.root))
    if (!folder || !read || read.state === 'absent') throw await notFound(room, name)
    if (read.state === 'unreadable') throw read.problem
    return work(folder, read.value, isRecovered)
  })
}

export interface Change {
  /** What is asked for, kept beside the environment while the work is done. */
  readonly requirements: readonly string[]
  /** Packages that are incomplete until the work has succeeded. */
  readonly lost?: readonly string[]
  /** Why what is there is kept, so that a failure can be taken back. Absent where what is there is damaged. */
  readonly occasion?: Occasion
  /** Told the snapshot that was taken before, once the change is made; null where none stays. */
  readonly onKept?: (id: string | null) => void
  readonly work: (target: Target, onStarted: OnStarted) => Promise<void>
  /** Looks whether it does its work afterwards; its interpreter starts. */
  readonly verify?: () => Promise<void>
  /** What the manifest says afterwards. */
  readonly manifest: () => Promise<Partial<Manifest>> | Partial<Manifest>
}

/**
 * Changes the packages of an environment; the caller holds its lock. Ends with the environment sound and its manifest changed,
 * or with everything as it was before. One that was damaged keeps the manifest that it had; and where a failure has left half a
 * package in it, a marker says so.
 */
export async function changePackages(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  change: Change,
  context: JobContext,
): Promise<Environment> {
  const { root } = folder
  const kept = change.occasion && (await keepWhatIsThere(room, folder, manifest, change.occasion, context))
  const marker = await placeMarker(root, 'install', change.requirements, change.lost ?? [], kept?.id)
  let changed: Manifest
  try {
    await change.work(targetOf(room, folder, manifest), (pid) => noteInstaller(root, marker, pid))
    await checkStarts(room, root, context.signal)
    await change.verify?.()
    changed = { ...manifest, ...(await change.manifest()), size: await measure(root, room.platform) }
    await writeManifest(root, changed)
  } catch (error) {
    if (kept) throw await takeBack(room, folder, marker, kept, error, context)
    await settleFailure(room, folder, marker, error)
    throw error
  }
  await removeMarker(root)
  const stays = kept && (await settleSnapshot(room, root, kept, changed.requirements))
  change.onKept?.(stays?.id ?? null)
  return describe(room, folder, changed)
}

/** A disk that is full must not keep anybody from removing packages: then it goes on without a way back, and says so. */
async function keepWhatIsThere(room: Room, folder: Entry, manifest: Manifest, occasion: Occasion, context: JobContext) {
  try {
    return await takeSnapshot(room, folder.root, manifest, occasion, context.signal)
  } catch (error) {
    if (isAppError(error, 'CANCELLED')) throw error
    const title = `Going on without a snapshot of ${folder.name}`
    context.progress({ fraction: null, title, detail: toErrorInfo(error).message })
    return undefined
  }
}

export function targetOf(room: Room, { name, root }: Entry, manifest: Manifest): Target {
  const executable = environmentExecutable(root, room.platform)
  return { name, root, executable, base: manifest.base, compile: manifest.kind === 'admin', indexes: manifest.indexes }
}

/** What is damaged, by a look at every file of every package. */
export async function lookForDamage(room: Room, root: string): Promise<Damage> {
  const site = await sitePackages(root, room.platform)
  return site === undefined ? noDamage : findDamage(site)
}

/** @throws the problem, unless it is a change of packages that was cut off, which a change of packages mends. */
export function refuseBroken(environment: Environment): void {
  const { problem } = environment
  if (!problem || problem.code === 'PACKAGES_FAILED') return
  throw new AppError(problem.code, problem.message, { hint: problem.hint, details: problem.details })
}

/** A failed installer has mostly changed nothing. Looked at file by file; if it has, the marker stays and says what. */
async function settleFailure(room: Room, folder: Entry, marker: Marker, error: unknown): Promise<void> {
  const damage = await lookForDamage(room, folder.root)
  const incomplete = [...new Set([...marker.lost, ...damagedNames(damage)])]
  if (incomplete.length > 0 || isDamaged(damage))
    await noteProblem(folder.root, marker, interrupted(folder.name, marker.requirements, incomplete))
  // The packages are in, and with them the interpreter does not start any more (a bad .pth file does that).
  else if (isAppError(error, 'PYTHON_BROKEN')) await noteProblem(folder.root, marker, startProblem(folder, error))
  else await removeMarker(folder.root)
}

function startProblem({ name }: Entry, error: AppError): ErrorInfo {
  const hint = `\`beep-host venv repair ${name}\` makes it anew, without what was installed last.`
  return { ...toErrorInfo(error), hint }
}
