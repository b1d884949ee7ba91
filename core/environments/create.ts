import { adminEnvironmentName, sameName } from '../../contract/index.ts'
import type { Environment } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { checkedName, isProtected, makeWay, refuseTaken } from './claim.ts'
import { find } from './list.ts'
import { withEnvironmentLock } from './lock.ts'
import { make } from './make.ts'
import { planProfiles, originOfPlan } from './profiles/index.ts'
import { runtimeFor, usableRuntime } from './usable-runtime.ts'
import { addOptional } from './providers/optional.ts'
import { checkedRequirements } from './requirements.ts'
import type { Room } from './room.ts'
import { recoverNamed } from './snapshots/recover.ts'
import { soundOrThrow } from './sound.ts'
import type { NewEnvironment } from './requests.ts'

export async function create(room: Room, params: NewEnvironment, context: JobContext): Promise<Environment> {
  const name = checkedName(params.name)
  if (sameName(name, adminEnvironmentName)) throw isProtected('make')
  const plan = await planProfiles(room, params.profiles ?? [], params.packages, params.gpu)
  const requirements = checkedRequirements(plan.requirements)
  // Looked for before the wait for the lock, too: an environment that is being installed into is taken, and known to be.
  await refuseTaken(room, name)
  const runtime =
    params.runtime === undefined ? await runtimeFor(room, plan.python) : await usableRuntime(room, params.runtime)
  return withEnvironmentLock(room.layout, name, context, async () => {
    await makeWay(room, name)
    const made = await make(room, { name, kind: 'user', runtime, requirements, origin: originOfPlan(plan) }, context)
    return (await addOptional(room, name, plan, plan.optional, context)) ?? made
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
