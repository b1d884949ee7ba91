import { AppError, adminEnvironmentName, sameName } from '../../../contract/index.ts'
import type { CheckedParams, OutdatedPackage, PackageChange } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { isProtected } from '../claim.ts'
import { soundOrThrow } from '../sound.ts'
import { findFolder } from '../folders.ts'
import type { Entry } from '../folders.ts'
import { listOutdated, previewInstall } from '../installer/index.ts'
import { describe, notFound } from '../list.ts'
import { readManifest } from '../manifest.ts'
import type { Manifest } from '../manifest.ts'
import { neededBy } from '../metadata/graph.ts'
import { checkedNames, checkedRequirements, normalizedName } from '../requirements.ts'
import type { Room } from '../room.ts'
import { targetOf } from './change.ts'
import { packageFacts } from './facts.ts'
import { requireInstalled } from './uninstall.ts'
import { upgradeOrder } from './upgrade.ts'

/** Packages with a newer version in the index, by name. What did not come from an index is left out. */
export async function outdated(room: Room, name: string, context: JobContext): Promise<readonly OutdatedPackage[]> {
  const { folder, manifest } = await soundOne(room, name)
  const found = await listOutdated(room, targetOf(room, folder, manifest), context)
  const { graph } = await packageFacts(room, folder.name, folder.root, manifest)
  return graph.distributions.flatMap(({ key, name: shown, version, isDirect }) => {
    const latest = found.get(key)?.latest
    return latest === undefined || isDirect ? [] : [{ name: shown, version, latest }]
  })
}

/** What a change of packages would do, by name. */
export async function preview(
  room: Room,
  params: CheckedParams<'packages.preview'>,
  context: JobContext,
): Promise<readonly PackageChange[]> {
  const { name, action, packages } = params
  if (sameName(name, adminEnvironmentName)) throw isProtected('change')
  if (packages.length === 0 && action !== 'upgrade') {
    throw new AppError('INVALID_PARAMS', `Which packages would you ${action}?`, { hint: 'Name one or more.' })
  }
  if (action === 'uninstall') return previewUninstall(room, name, checkedNames(packages))
  const { folder, manifest } = await soundOne(room, name)
  const requirements = checkedRequirements(packages)
  const order =
    action === 'install' ? { requirements } : await upgradeOrder(room, folder, manifest, requirements, context)
  if (order === undefined) return []
  const coming = await previewInstall(room, targetOf(room, folder, manifest), order, context)
  const { graph } = await packageFacts(room, folder.name, folder.root, manifest)
  const installed = new Map(graph.distributions.map((one) => [one.key, one]))
  return [...coming]
    .map(([key, to]) => ({ name: installed.get(key)?.name ?? key, from: installed.get(key)?.version ?? null, to }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => (normalizedName(a.name) < normalizedName(b.name) ? -1 : 1))
}

/** By what the packages say of themselves; nothing is started, and no index asked. */
async function previewUninstall(room: Room, name: string, names: readonly string[]): Promise<readonly PackageChange[]> {
  const { folder, manifest } = await readOne(room, name)
  await requireInstalled(room, folder.root, folder.name, names)
  const { graph } = await packageFacts(room, folder.name, folder.root, manifest)
  const going = new Set(names.map(normalizedName))
  return graph.distributions
    .filter(({ key }) => going.has(key))
    .map((one) => ({ name: one.name, from: one.version, to: null, neededBy: neededBy(graph, one.key, going) }))
}

interface Looked {
  readonly folder: Entry
  readonly manifest: Manifest
}

/** @throws as `readOne`, and the problem of a broken one */
export async function soundOne(room: Room, name: string): Promise<Looked> {
  const { folder, manifest } = await readOne(room, name)
  soundOrThrow(await describe(room, folder, manifest))
  return { folder, manifest }
}

/** @throws NOT_FOUND, FILE_UNREADABLE */
async function readOne(room: Room, name: string): Promise<Looked> {
  const folder = await findFolder(room.layout, name)
  const read = folder && (await readManifest(folder.root))
  if (!folder || !read || read.state === 'absent') throw await notFound(room, name)
  if (read.state === 'unreadable') throw read.problem
  return { folder, manifest: read.value }
}
