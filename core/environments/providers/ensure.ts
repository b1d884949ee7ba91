import { adminEnvironmentName, isAppError, sameName } from '../../../contract/index.ts'
import type { CheckedParams, Environment, Runtime } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { checkedName, isProtected, makeWay } from '../claim.ts'
import { soundOrThrow } from '../sound.ts'
import { findFolder } from '../folders.ts'
import type { Entry } from '../folders.ts'
import { find, notFound } from '../list.ts'
import { withEnvironmentLock } from '../lock.ts'
import { make } from '../make.ts'
import { readManifest } from '../manifest.ts'
import type { Manifest } from '../manifest.ts'
import { parseRequirement } from '../metadata/requirement.ts'
import { holds } from '../metadata/marker.ts'
import { allows } from '../metadata/specifier.ts'
import { packageFacts } from '../packages/facts.ts'
import { installInto } from '../packages/install.ts'
import { originOfPlan, planProvider } from '../profiles/index.ts'
import type { ProfilePlan } from '../profiles/plan.ts'
import { checkedRequirements, mergedRequirements } from '../requirements.ts'
import type { Room } from '../room.ts'
import { recover } from '../snapshots/take-back.ts'
import { runtimeFor } from '../usable-runtime.ts'
import { providerEnvironmentName } from './name.ts'
import { addOptional } from './optional.ts'
import { verifyImports } from './verify.ts'

export interface Ensured {
  readonly environment: Environment
  /** Something was made or installed. */
  readonly isChanged: boolean
}

/**
 * The environment of a provider, with the packages of the profile that is for it, in one joint resolve, each imported
 * once; then the optional ones, as far as they can be had. Where all of that is so already, a few file reads tell, and nothing is
 * started or locked.
 * @throws PROTECTED, PYTHON_MISSING, PACKAGES_FAILED, and the problem of a broken one that no installation mends
 */
export async function ensureProvider(
  room: Room,
  params: CheckedParams<'environments.ensure'>,
  context: JobContext,
): Promise<Ensured> {
  const { name, plan } = await wish(room, params)
  const early = await look(room, name, plan)
  if (early && isDone(early)) return { environment: early.environment, isChanged: false }
  const runtime = early ? undefined : await runtimeFor(room, plan.python)
  return withEnvironmentLock(room.layout, name, context, async () => {
    const there = await findFolder(room.layout, name)
    if (there) await recover(room, there)
    const found = await look(room, name, plan)
    if (found && isDone(found)) return { environment: found.environment, isChanged: false }
    const made = found
      ? await complete(room, found, plan, context)
      : await makeNew(room, name, plan, runtime ?? (await runtimeFor(room, plan.python)), context)
    const optional = found?.optional ?? (await look(room, name, plan))?.optional ?? []
    return { environment: (await addOptional(room, name, plan, optional, context)) ?? made, isChanged: true }
  })
}

/** What is there, where nothing is left to do. Whatever else it comes to is for `ensureProvider` to tell. */
export async function findEnsured(
  room: Room,
  params: CheckedParams<'environments.ensure'>,
): Promise<Environment | undefined> {
  try {
    const { name, plan } = await wish(room, params)
    const found = await look(room, name, plan)
    return found && isDone(found) ? found.environment : undefined
  } catch (error) {
    if (isAppError(error)) return undefined
    throw error
  }
}

async function wish(room: Room, { provider, model, gpu }: CheckedParams<'environments.ensure'>) {
  const name = checkedName(providerEnvironmentName(provider, model))
  if (sameName(name, adminEnvironmentName)) throw isProtected('make')
  const plan = await planProvider(room, provider, gpu)
  return { name, plan: { ...plan, requirements: checkedRequirements(plan.requirements) } }
}

async function makeNew(
  room: Room,
  name: string,
  plan: ProfilePlan,
  runtime: Runtime,
  context: JobContext,
): Promise<Environment> {
  await makeWay(room, name)
  const { requirements } = plan
  const verify = (root: string) => verifyImports(room, root, plan.verify, context)
  return make(room, { name, kind: 'user', runtime, requirements, origin: originOfPlan(plan), verify }, context)
}

async function complete(room: Room, found: Found, plan: ProfilePlan, context: JobContext): Promise<Environment> {
  const { folder, manifest, missing } = found
  if (missing.length === 0) return found.environment
  const change = { requirements: mergedRequirements(manifest.requirements, missing) }
  const packages = missing.filter((text) => plan.verify.packages.includes(text))
  const check = () => verifyImports(room, folder.root, { ...plan.verify, packages }, context)
  const options = { occasion: { reason: 'ensure', about: missing }, verify: check } as const
  return installInto(room, folder, manifest, missing, change, context, options)
}

interface Found {
  readonly environment: Environment
  readonly folder: Entry
  readonly manifest: Manifest
  readonly missing: readonly string[]
  /** Optional packages that are missing, and were not yet found to be impossible here. */
  readonly optional: readonly string[]
}

function isDone({ missing, optional }: Found): boolean {
  return missing.length === 0 && optional.length === 0
}

/** What is there under the name, and what it lacks; undefined: nothing is there. */
async function look(room: Room, name: string, { requirements, optional }: ProfilePlan): Promise<Found | undefined> {
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
  const skipped = new Set(read.value.skipped?.map((one) => one.requirement))
  const wanted = optional.filter((text) => !skipped.has(text))
  const lackingToo = await missingFrom(room, folder.name, folder.root, read.value, wanted)
  return { environment, folder, manifest: read.value, missing, optional: lackingToo }
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
