import { adminEnvironmentName, isAppError, sameName } from '../../../contract/index.ts'
import type { CheckedParams, Environment } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { checkedName, isProtected, makeWay } from '../claim.ts'
import { soundOrThrow, usableRuntime } from '../create.ts'
import { findFolder } from '../folders.ts'
import { find, notFound } from '../list.ts'
import { withEnvironmentLock } from '../lock.ts'
import { make } from '../make.ts'
import { readManifest } from '../manifest.ts'
import { parseRequirement } from '../metadata/requirement.ts'
import { holds } from '../metadata/marker.ts'
import { allows } from '../metadata/specifier.ts'
import { packageFacts } from '../packages/facts.ts'
import { installInto } from '../packages/install.ts'
import { readProfiles } from '../profiles.ts'
import { checkedRequirements, mergedRequirements } from '../requirements.ts'
import type { Room } from '../room.ts'
import { recover } from '../snapshots/take-back.ts'
import { providerEnvironmentName } from './name.ts'
import { verifyImports } from './verify.ts'

export interface Ensured {
  readonly environment: Environment
  /** Something was made or installed. */
  readonly isChanged: boolean
}

/**
 * The environment of a provider, with the packages of the profile that is called like it, in one joint resolve, each imported
 * once. Where all of that is so already, a few file reads tell, and nothing is started or locked.
 * @throws PROTECTED, PYTHON_MISSING, PACKAGES_FAILED, and the problem of a broken one that no installation mends
 */
export async function ensureProvider(
  room: Room,
  { provider, model }: CheckedParams<'environments.ensure'>,
  context: JobContext,
): Promise<Ensured> {
  const name = checkedName(providerEnvironmentName(provider, model))
  if (sameName(name, adminEnvironmentName)) throw isProtected('make')
  const requirements = checkedRequirements(await packagesOf(room, provider))
  const early = await look(room, name, requirements)
  if (early?.missing.length === 0) return { environment: early.environment, isChanged: false }
  const runtime = early ? undefined : await usableRuntime(room, undefined)
  return withEnvironmentLock(room.layout, name, context, async () => {
    const there = await findFolder(room.layout, name)
    if (there) await recover(room, there)
    const found = await look(room, name, requirements)
    const verify = (root: string, installed: readonly string[]) => verifyImports(room, root, installed, context)
    if (!found) {
      await makeWay(room, name)
      const plan = {
        name,
        kind: 'user',
        runtime: runtime ?? (await usableRuntime(room, undefined)),
        requirements,
      } as const
      const environment = await make(room, { ...plan, verify: (root) => verify(root, requirements) }, context)
      return { environment, isChanged: true }
    }
    if (found.missing.length === 0) return { environment: found.environment, isChanged: false }
    const { folder, manifest, missing } = found
    const change = { requirements: mergedRequirements(manifest.requirements, missing) }
    const check = () => verify(folder.root, missing)
    const options = { occasion: { reason: 'ensure', about: missing }, verify: check } as const
    const environment = await installInto(room, folder, manifest, missing, change, context, options)
    return { environment, isChanged: true }
  })
}

/** What is there, where nothing is left to do. Whatever else it comes to is for `ensureProvider` to tell. */
export async function findEnsured(
  room: Room,
  { provider, model }: CheckedParams<'environments.ensure'>,
): Promise<Environment | undefined> {
  try {
    const name = checkedName(providerEnvironmentName(provider, model))
    if (sameName(name, adminEnvironmentName)) return undefined
    const found = await look(room, name, checkedRequirements(await packagesOf(room, provider)))
    return found?.missing.length === 0 ? found.environment : undefined
  } catch (error) {
    if (isAppError(error)) return undefined
    throw error
  }
}

/** A provider that has no profile of its own begins without packages. */
async function packagesOf(room: Room, provider: string): Promise<readonly string[]> {
  const id = providerEnvironmentName(provider)
  return (await readProfiles(room.profilesFile)).find((profile) => profile.id === id)?.packages ?? []
}

/** What is there under the name, and what it lacks; undefined: nothing is there. */
async function look(room: Room, name: string, requirements: readonly string[]) {
  const environment = await find(room, name)
  if (!environment) return undefined
  // A change of packages that was cut off is mended by another one; nothing else is.
  const isCutOff = environment.problem?.code === 'PACKAGES_FAILED'
  if (!isCutOff) soundOrThrow(environment)
  const folder = await findFolder(room.layout, name)
  const read = folder && (await readManifest(folder.root))
  if (!folder || !read || read.state === 'absent') throw await notFound(room, name)
  if (read.state === 'unreadable') throw read.problem
  const lacking = await missingFrom(room, folder.name, folder.root, read.value, requirements)
  // An empty list would leave the marker of the cut-off change where it is.
  const missing = isCutOff && lacking.length === 0 ? requirements : lacking
  if (isCutOff && missing.length === 0) soundOrThrow(environment)
  return { environment, folder, manifest: read.value, missing }
}

/** The requirements that no installed package meets, by what packages say of themselves; nothing is started. */
async function missingFrom(
  room: Room,
  name: string,
  root: string,
  manifest: Parameters<typeof packageFacts>[3],
  requirements: readonly string[],
): Promise<string[]> {
  if (requirements.length === 0) return []
  const { graph, marker: machine } = await packageFacts(room, name, root, manifest)
  return requirements.filter((text) => {
    const wanted = parseRequirement(text)
    if (!wanted || (wanted.marker !== undefined && !holds(wanted.marker, machine))) return false
    const installed = graph.distributions.find(({ key }) => key === wanted.key)
    if (!installed || !allows(wanted.specifier, installed.version)) return true
    const extras = graph.extrasOf(wanted.key)
    return wanted.extras.some((extra) => !extras.includes(extra))
  })
}
