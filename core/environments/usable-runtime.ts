import { AppError } from '../../contract/index.ts'
import type { Runtime } from '../../contract/index.ts'
import { isWithin } from './profiles/plan.ts'
import type { PythonLimits } from './profiles/plan.ts'
import type { Room } from './room.ts'

/** @throws PYTHON_MISSING, NOT_FOUND, PYTHON_BROKEN */
export async function usableRuntime(room: Room, id: string | undefined): Promise<Runtime> {
  const runtime = id === undefined ? await room.runtimes.default() : await room.runtimes.get(id)
  if (runtime.state === 'ready') return runtime
  throw new AppError('PYTHON_BROKEN', `Python ${runtime.id} cannot be used: ${runtime.problem?.message ?? 'broken'}`, {
    hint: runtime.problem?.hint ?? 'Choose another runtime, or install one with `beep-host init`.',
    details: { ...runtime.problem?.details, runtime: runtime.id },
  })
}

/** The default runtime where it is within the limits of the profiles, else the newest that is. @throws as `usableRuntime` */
export async function runtimeFor(room: Room, limits: PythonLimits): Promise<Runtime> {
  if (limits.minimum === undefined && limits.maximum === undefined) return usableRuntime(room, undefined)
  const all = (await room.runtimes.list()).filter((one) => one.state === 'ready' && isWithin(one.version, limits))
  const chosen = await room.runtimes.default().catch(() => undefined)
  const isDefault = (one: Runtime) => one.id === chosen?.id
  const best = all.find(isDefault) ?? [...all].sort(newestFirst)[0]
  if (best) return best
  const wanted = [limits.minimum && `${limits.minimum} or newer`, limits.maximum && `${limits.maximum} or older`]
  const text = wanted.filter(Boolean).join(', and ')
  throw new AppError('PYTHON_MISSING', `No Python here is one that the profile works with: ${text}`, {
    hint: `Get one: \`beep-host init --version ${limits.maximum ?? limits.minimum ?? ''}\`.`,
    details: { python: limits, default: chosen?.version },
  })
}

function newestFirst(a: Runtime, b: Runtime): number {
  return b.version.localeCompare(a.version, 'en', { numeric: true })
}
