import { AppError } from '../../../contract/index.ts'
import type { CheckedParams, CommandResult, GpuBackend, Profile, ProfileSpec } from '../../../contract/index.ts'
import type { Manifest } from '../manifest.ts'
import type { Room } from '../room.ts'
import { runtimeFor } from '../usable-runtime.ts'
import { needsMachine, planOf } from './plan.ts'
import type { Machine, ProfilePlan } from './plan.ts'
import { profileOfProvider } from './provider.ts'
import { found, partsOf, resolveAll, resolved } from './resolve.ts'
import { exported, readShared } from './share.ts'
import { putSpecs, readSpecs, removeSpec, saveSpec } from './store.ts'

/** Package sets as data: those that ship, and the user's own. */
export interface Profiles {
  /** @throws FILE_UNREADABLE */
  readonly list: () => Promise<readonly Profile[]>
  /** @throws NOT_FOUND */
  readonly get: (params: CheckedParams<'profiles.get'>) => Promise<Profile>
  /** @throws PROTECTED for one that ships, NAME_TAKEN, NOT_FOUND and INVALID_PARAMS for its includes */
  readonly save: (params: CheckedParams<'profiles.save'>) => Promise<Profile>
  /** @throws NOT_FOUND, PROTECTED for one that ships, IN_USE while another one includes it */
  readonly remove: (id: string) => Promise<ProfileSpec>
  /** With what they include. @throws NOT_FOUND */
  readonly export: (ids: readonly string[]) => Promise<CommandResult<'profiles.export'>>
  /** All or none. @throws INVALID_PARAMS with the places that are wrong, and as `save` */
  readonly import: (params: CheckedParams<'profiles.import'>) => Promise<readonly Profile[]>
  /** @throws NOT_FOUND and INVALID_PARAMS for its includes */
  readonly preview: (params: CheckedParams<'profiles.preview'>) => Promise<CommandResult<'profiles.preview'>>
}

export function createProfiles(room: Room): Profiles {
  return {
    list: async () => resolveAll(await readSpecs(room)),
    async get({ id, provider }) {
      const known = await readSpecs(room)
      const one = provider === undefined ? found(known, id ?? '') : profileOfProvider(known, provider)?.known
      if (one) return resolved(known, one)
      throw new AppError('NOT_FOUND', `No profile is for the provider ${provider ?? ''}`, {
        hint: 'Its environment begins without packages.',
      })
    },
    save: ({ profile, replace }) => saveSpec(room, profile, replace),
    remove: (id) => removeSpec(room, id),
    export: async (ids) => exported(await readSpecs(room), ids),
    import: ({ text, replace }) => putSpecs(room, readShared(text), replace),
    preview: ({ profile, gpu }) => preview(room, profile, gpu),
  }
}

/** What profiles and further packages come to here. @throws NOT_FOUND for a profile that there is not */
export async function planProfiles(
  room: Room,
  ids: readonly string[],
  packages: readonly string[],
  gpu: GpuBackend | undefined,
): Promise<ProfilePlan> {
  if (ids.length === 0) return planOf([], packages, undefined)
  const known = await readSpecs(room)
  return planParts(
    room,
    partsOf(
      known,
      ids.map((id) => found(known, id)),
    ),
    packages,
    gpu,
  )
}

/** What the profile of a provider comes to here; one that no profile is for begins without packages. */
export async function planProvider(room: Room, provider: string, gpu: GpuBackend | undefined): Promise<ProfilePlan> {
  const known = await readSpecs(room)
  const profile = profileOfProvider(known, provider)
  if (!profile) return planOf([], [], undefined)
  return planParts(room, partsOf(known, [profile.known]), [], gpu ?? profile.gpu)
}

/** What of a plan an environment keeps in mind. */
export function originOfPlan({ indexes, gpu }: ProfilePlan): Pick<Manifest, 'indexes' | 'gpu'> {
  return { ...(indexes.length > 0 ? { indexes: [...indexes] } : {}), ...(gpu === undefined ? {} : { gpu }) }
}

async function planParts(
  room: Room,
  parts: readonly ProfileSpec[],
  packages: readonly string[],
  gpu: GpuBackend | undefined,
): Promise<ProfilePlan> {
  return planOf(parts, packages, needsMachine(parts) ? await machineOf(room, gpu) : undefined)
}

async function machineOf(room: Room, gpu: GpuBackend | undefined): Promise<Machine> {
  const { backend, version, findings } = await room.gpu.report()
  if (gpu === undefined) return { backend, version }
  return { backend: gpu, version: findings.find((one) => one.backend === gpu)?.version ?? null }
}

async function preview(
  room: Room,
  spec: ProfileSpec,
  gpu: GpuBackend | undefined,
): Promise<CommandResult<'profiles.preview'>> {
  const known = new Map([...(await readSpecs(room)), [spec.id, { spec, isBuiltIn: false }]])
  const plan = planOf(partsOf(known, [{ spec, isBuiltIn: false }]), [], await machineOf(room, gpu))
  const runtime = await runtimeFor(room, plan.python).catch(() => undefined)
  const { backend } = await machineOf(room, gpu)
  return {
    packages: [...plan.requirements],
    optional: [...plan.optional],
    backend,
    indexes: [...plan.indexes],
    runtime: runtime?.id ?? null,
    python: runtime?.version ?? null,
  }
}
