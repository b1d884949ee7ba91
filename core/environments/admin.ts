import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { adminEnvironmentName } from '../../contract/index.ts'
import type { Environment, Runtime } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { fileFailure, patientRename } from '../storage/index.ts'
import { makeWay } from './claim.ts'
import { usableRuntime } from './usable-runtime.ts'
import { setAside } from './discard.ts'
import type { Entry } from './folders.ts'
import { installInto } from './packages/install.ts'
import { describe } from './list.ts'
import { withEnvironmentLock } from './lock.ts'
import { make } from './make.ts'
import { readManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { parseRequirementsFile } from './requirements-file.ts'
import type { Room } from './room.ts'
import { featureVersion } from './venv.ts'

/** What the admin environment is made from, in one value: equal means that there is nothing to do. */
export function fingerprint(requirements: readonly string[], runtime: string, runtimeVersion: string): string {
  const facts = [requirements, runtime, featureVersion(runtimeVersion)]
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}

interface Current {
  readonly folder: Entry
  readonly manifest: Manifest
  readonly environment: Environment
}

/**
 * The admin environment as it must be. Where it is that already, a few file reads tell, and nothing is started or locked.
 * - other requirements: installed into it in place
 * - another runtime, or broken: made anew; the old one is put back if that fails
 */
export async function ensureAdmin(room: Room, context: JobContext): Promise<Environment> {
  const requirements = await readAdminRequirements(room.adminRequirements)
  const early = await look(room)
  const runtime = await adminRuntime(room, requirements, early)
  if (runtime === undefined || isUpToDate(early, requirements, runtime)) return early!.environment
  return withEnvironmentLock(room.layout, adminEnvironmentName, context, async () => {
    const current = await look(room)
    if (isUpToDate(current, requirements, runtime)) return current!.environment
    const wanted = fingerprint(requirements, runtime.id, runtime.version)
    if (current?.environment.state === 'ready' && isOn(current, runtime)) {
      const change = { requirements, fingerprint: wanted }
      return installInto(room, current.folder, current.manifest, requirements, change, context)
    }
    return remake(room, current, requirements, runtime, context)
  })
}

export async function readAdminRequirements(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileFailure(error, `Could not read the requirements of the admin environment, ${file}`, file)
  })
  return parseRequirementsFile(text)
}

async function look(room: Room): Promise<Current | undefined> {
  const root = path.join(room.layout.environments, adminEnvironmentName)
  const folder: Entry = { name: adminEnvironmentName, root, isFolder: true }
  const read = await readManifest(root)
  if (read.state !== 'ok') return undefined
  return { folder, manifest: read.value, environment: await describe(room, folder, read.value) }
}

/**
 * The runtime to stand on: the default one. Undefined: the environment that we have will do. That is so unless the user has
 * chosen another default: a Python that merely turned up on the machine is no reason to fetch everything again, and the
 * machine need not be searched for one. And it is so where no default can be used.
 */
async function adminRuntime(
  room: Room,
  requirements: readonly string[],
  current: Current | undefined,
): Promise<Runtime | undefined> {
  const isServing = current !== undefined && serves(current, requirements)
  const chosen = (await room.settings.get()).defaultRuntime
  if (isServing && (chosen === null || chosen === current.manifest.runtime)) return undefined
  try {
    return await usableRuntime(room, undefined)
  } catch (error) {
    if (isServing) return undefined
    throw error
  }
}

/** True if only the requirements can be different. */
function isOn({ manifest }: Current, { id, version }: Runtime): boolean {
  return manifest.runtime === id && featureVersion(manifest.runtimeVersion) === featureVersion(version)
}

function isUpToDate(current: Current | undefined, requirements: readonly string[], runtime: Runtime): boolean {
  if (current?.environment.state !== 'ready') return false
  return current.manifest.fingerprint === fingerprint(requirements, runtime.id, runtime.version)
}

/** Sound, and with the packages that are asked for, on whatever runtime. */
function serves({ manifest, environment }: Current, requirements: readonly string[]): boolean {
  const same = fingerprint(requirements, manifest.runtime, manifest.runtimeVersion) === manifest.fingerprint
  return environment.state === 'ready' && same
}

async function remake(
  room: Room,
  current: Current | undefined,
  requirements: readonly string[],
  runtime: Runtime,
  context: JobContext,
): Promise<Environment> {
  const kept = current && serves(current, requirements) ? current : undefined
  // Servers run in it: moving to another runtime can wait until they have stopped.
  if (kept && room.usedBy(adminEnvironmentName).length > 0) return kept.environment
  const aside = kept && (await setAside(room.layout, kept.folder.root, room.platform).catch(() => undefined))
  if (kept && aside === undefined) return kept.environment
  await makeWay(room, adminEnvironmentName, { evenIfMade: current?.manifest.kind !== 'user' })
  const wanted = fingerprint(requirements, runtime.id, runtime.version)
  try {
    const plan = { name: adminEnvironmentName, kind: 'admin', runtime, requirements, fingerprint: wanted } as const
    const made = await make(room, plan, context)
    if (aside !== undefined) await rm(aside, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
    return made
  } catch (error) {
    if (!kept || aside === undefined) throw error
    await patientRename(aside, kept.folder.root)
    if (context.signal.aborted) throw error
    // It does its work as before; only the wish to stand on another runtime is unfulfilled, and is tried again next time.
    const detail = (error as Error).message
    context.progress({ fraction: null, title: 'Kept the admin environment as it was', detail })
    return kept.environment
  }
}
