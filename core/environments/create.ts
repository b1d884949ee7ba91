import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError, adminEnvironmentName, nameProblem, sameName } from '../../contract/index.ts'
import type { CheckedParams, Environment, Runtime } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { environmentExecutable } from '../platform/index.ts'
import { fileFailure, privateFolder, requireFreeBytes } from '../storage/index.ts'
import { discard } from './discard.ts'
import { findClash } from './folders.ts'
import type { Entry } from './folders.ts'
import { installPackages } from './installer/index.ts'
import { folderState, removeLeftover } from './leftovers.ts'
import { describe, find } from './list.ts'
import { withEnvironmentLock } from './lock.ts'
import { writeManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { noteInstaller, placeMarker, removeMarker } from './marker.ts'
import { checkedRequirements } from './requirements.ts'
import type { Room } from './room.ts'
import { measure } from './sizes.ts'
import type { Leftover } from './types.ts'
import { checkStarts, makeVenv } from './venv.ts'

/** Room for the environment itself; what packages need is not known before they are resolved. */
const emptyEnvironmentBytes = 16_000_000

export interface Plan {
  readonly name: string
  readonly kind: Manifest['kind']
  readonly runtime: Runtime
  readonly requirements: readonly string[]
  readonly fingerprint?: string
}

export async function create(
  room: Room,
  params: CheckedParams<'environments.create'>,
  context: JobContext,
): Promise<Environment> {
  const name = checkedName(params.name)
  if (sameName(name, adminEnvironmentName)) throw isProtected('make')
  const requirements = checkedRequirements(params.packages)
  // Looked for before the wait for the lock, too: an environment that is being installed into is taken, and known to be.
  await refuseTaken(room, name)
  const runtime = await usableRuntime(room, params.runtime)
  return withEnvironmentLock(room.layout, name, context, async () => {
    await makeWay(room, name)
    return make(room, { name, kind: 'user', runtime, requirements }, context)
  })
}

/** An environment that is there and sound, or a fresh one. A broken one is not made anew: packages in it would be lost. */
export async function ensure(room: Room, text: string, context: JobContext): Promise<Environment> {
  const name = checkedName(text)
  if (sameName(name, adminEnvironmentName)) throw isProtected('make')
  const found = await find(room, name)
  if (found) return soundOrThrow(found)
  const runtime = await usableRuntime(room, undefined)
  return withEnvironmentLock(room.layout, name, context, async () => {
    const meanwhile = await find(room, name)
    if (meanwhile) return soundOrThrow(meanwhile)
    await makeWay(room, name)
    return make(room, { name, kind: 'user', runtime, requirements: [] }, context)
  })
}

/**
 * Makes an environment in its final place: scripts hold absolute paths, so nothing that has packages can be moved there.
 * The marker comes first and the manifest last; whatever ends this in between leaves no environment behind.
 * The caller holds the lock, and has seen that the place is free.
 */
export async function make(room: Room, plan: Plan, context: JobContext): Promise<Environment> {
  const { name, runtime, requirements } = plan
  const root = path.join(room.layout.environments, name)
  const title = plan.kind === 'admin' ? 'Making the admin environment' : `Making environment ${name}`
  await privateFolder(room.layout.environments)
  await requireFreeBytes(room.layout.environments, emptyEnvironmentBytes, `Environment ${name}`)
  context.progress({ fraction: null, title, detail: `Python ${runtime.version}` })
  await mkdir(root, { mode: 0o700 }).catch((error: unknown) => {
    throw fileFailure(error, `Could not make the folder ${root}`, root)
  })
  try {
    const marker = await placeMarker(root, 'create', requirements)
    await makeVenv(room, root, runtime, context.signal)
    const python = await checkStarts(room, root, context.signal)
    if (requirements.length > 0) {
      const target = { name, root, executable: environmentExecutable(root, room.platform), base: runtime.executable }
      await installPackages(room, { ...target, compile: plan.kind === 'admin' }, requirements, context, (pid) =>
        noteInstaller(root, marker, pid),
      )
      await checkStarts(room, root, context.signal)
    }
    const manifest: Manifest = {
      version: 1,
      name,
      kind: plan.kind,
      root,
      runtime: runtime.id,
      runtimeVersion: runtime.version,
      base: runtime.executable,
      python,
      createdAt: new Date().toISOString(),
      requirements: [...requirements],
      size: await measure(root, room.platform),
      ...(plan.fingerprint === undefined ? {} : { fingerprint: plan.fingerprint }),
    }
    if (context.signal.aborted) throw new AppError('CANCELLED', `Cancelled: ${title}`)
    await writeManifest(root, manifest)
    await removeMarker(root)
    return await describe(room, { name, root, isFolder: true }, manifest)
  } catch (error) {
    await discard(room.layout, root, room.platform).catch(() => {})
    throw error
  }
}

/**
 * Frees a name for a creation: a leftover of ours goes, anything else stays and is in the way.
 * `evenIfMade`: an environment goes, too; for the admin one, which holds nothing of the user's.
 * @throws NAME_TAKEN
 */
export async function makeWay(
  room: Room,
  name: string,
  options: { readonly evenIfMade?: boolean } = {},
): Promise<void> {
  const clash = await findClash(room.layout, name)
  if (!clash) return
  const state = await stateOf(clash)
  if (state === 'unfinished' || state === 'busy' || (state === 'made' && options.evenIfMade))
    await removeLeftover(room, clash.root)
  else throw nameTaken(clash, state)
}

async function refuseTaken(room: Room, name: string): Promise<void> {
  const clash = await findClash(room.layout, name)
  const state = clash && (await stateOf(clash))
  if (state === 'made' || state === 'foreign') throw nameTaken(clash!, state)
}

async function stateOf(entry: Entry): Promise<'made' | Leftover['state']> {
  return entry.isFolder ? folderState(entry.root) : 'foreign'
}

function nameTaken(entry: Entry, state: 'made' | Leftover['state']): AppError {
  const details = { name: entry.name, path: entry.root }
  if (state === 'made') {
    const hint = 'Choose another name, or delete it first.'
    return new AppError('NAME_TAKEN', `There is an environment ${entry.name} already`, { hint, details })
  }
  return new AppError('NAME_TAKEN', `Something that is no environment of ours lies in ${entry.root}`, {
    hint: 'Choose another name, or move that away.',
    details,
  })
}

/** @throws PYTHON_MISSING, NOT_FOUND, PYTHON_BROKEN */
export async function usableRuntime(room: Room, id: string | undefined): Promise<Runtime> {
  const runtime = id === undefined ? await room.runtimes.default() : await room.runtimes.get(id)
  if (runtime.state === 'ready') return runtime
  throw new AppError('PYTHON_BROKEN', `Python ${runtime.id} cannot be used: ${runtime.problem?.message ?? 'broken'}`, {
    hint: runtime.problem?.hint ?? 'Choose another runtime, or install one with `beep-host init`.',
    details: { ...runtime.problem?.details, runtime: runtime.id },
  })
}

/** @throws INVALID_PARAMS. The contract has checked it at the border; a name becomes a path here, so it is checked again. */
function checkedName(text: string): string {
  const name = text.normalize('NFC')
  const problem = nameProblem(name)
  if (problem === undefined) return name
  throw new AppError('INVALID_PARAMS', `${JSON.stringify(text)} cannot be a name: ${problem}`)
}

/** @throws the problem of a broken environment. */
export function soundOrThrow(environment: Environment): Environment {
  const { problem } = environment
  if (!problem) return environment
  throw new AppError(problem.code, problem.message, { hint: problem.hint, details: problem.details })
}

export function isProtected(verb: string): AppError {
  return new AppError('PROTECTED', `The environment ${adminEnvironmentName} is ours: you cannot ${verb} it`, {
    hint: 'Make an environment of your own; `beep-host venv admin` makes or repairs this one.',
  })
}
