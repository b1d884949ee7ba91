import { AppError, adminEnvironmentName, sameName } from '../../contract/index.ts'
import type { Environment, Runtime } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { checkedName, isProtected, makeWay, refuseTaken } from './claim.ts'
import { find } from './list.ts'
import { withEnvironmentLock } from './lock.ts'
import { make } from './make.ts'
import { withProfiles } from './profiles.ts'
import { checkedRequirements } from './requirements.ts'
import type { Room } from './room.ts'
import { recoverNamed } from './snapshots/recover.ts'
import type { NewEnvironment } from './types.ts'

export async function create(room: Room, params: NewEnvironment, context: JobContext): Promise<Environment> {
  const name = checkedName(params.name)
  if (sameName(name, adminEnvironmentName)) throw isProtected('make')
  const packages = await withProfiles(room.profilesFile, params.profiles ?? [], params.packages)
  const requirements = checkedRequirements(packages)
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
  if (found?.state === 'ready') return found
  if (found) await recoverNamed(room, name, context)
  const whole = found && (await find(room, name))
  if (whole) return soundOrThrow(whole)
  const runtime = await usableRuntime(room, undefined)
  return withEnvironmentLock(room.layout, name, context, async () => {
    const meanwhile = await find(room, name)
    if (meanwhile) return soundOrThrow(meanwhile)
    await makeWay(room, name)
    return make(room, { name, kind: 'user', runtime, requirements: [] }, context)
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

/** @throws the problem of a broken environment. */
export function soundOrThrow(environment: Environment): Environment {
  const { problem } = environment
  if (!problem) return environment
  throw new AppError(problem.code, problem.message, { hint: problem.hint, details: problem.details })
}
