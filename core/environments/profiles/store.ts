import path from 'node:path'
import { AppError, profilesFileSchema } from '../../../contract/index.ts'
import type { Profile, ProfileSpec } from '../../../contract/index.ts'
import type { Layout } from '../../platform/index.ts'
import { readJson, withLock, writeJson } from '../../storage/index.ts'
import { found, partsOf, resolved } from './resolve.ts'
import type { KnownSpec, KnownSpecs } from './resolve.ts'

/** Where profiles lie: those that ship, and the user's own. */
export interface ProfilePlaces {
  readonly profilesFile: string
  readonly layout: Layout
}

/** @throws FILE_UNREADABLE */
export function readSpecs(places: ProfilePlaces): Promise<KnownSpecs> {
  return knownSpecs(places, 'told')
}

/** @param broken whether a file of the user's that cannot be read is told of, or taken for an empty one. */
async function knownSpecs(places: ProfilePlaces, broken: 'told' | 'empty'): Promise<KnownSpecs> {
  const [builtIn, own] = await Promise.all([readBuiltIn(places.profilesFile), readOwn(places.layout.profiles, broken)])
  // What ships later under an id that the user has taken does not take it away.
  return new Map<string, KnownSpec>([
    ...builtIn.map((spec) => [spec.id, { spec, isBuiltIn: true }] as const),
    ...own.map((spec) => [spec.id, { spec, isBuiltIn: false }] as const),
  ])
}

/** @throws PROTECTED for one that ships, NAME_TAKEN, and as `resolved` */
export async function saveSpec(places: ProfilePlaces, spec: ProfileSpec, replace: boolean): Promise<Profile> {
  const [saved] = await change(places, (known) => putAll(known, [spec], replace))
  return saved!
}

/** All of them or none. @throws as `saveSpec` */
export function putSpecs(
  places: ProfilePlaces,
  specs: readonly ProfileSpec[],
  replace: boolean,
): Promise<readonly Profile[]> {
  return change(places, (known) => putAll(known, specs, replace))
}

/** @throws NOT_FOUND, PROTECTED for one that ships, IN_USE while others include it */
export async function removeSpec(places: ProfilePlaces, id: string): Promise<ProfileSpec> {
  let removed: ProfileSpec | undefined
  await change(places, (known) => {
    const one = found(known, id)
    if (one.isBuiltIn) throw isBuiltIn(id)
    const users = [...known.values()].flatMap(({ spec }) => (spec.includes.includes(id) ? [spec.id] : []))
    if (users.length > 0) {
      throw new AppError('IN_USE', `Profile ${id} is included by ${users.join(', ')}`, {
        hint: 'Take it out there first.',
        details: { profile: id, includedBy: users },
      })
    }
    removed = one.spec
    return { known: new Map([...known].filter(([other]) => other !== id)), touched: [] }
  })
  return removed!
}

interface Changed {
  readonly known: KnownSpecs
  /** Ids of those that were put in. */
  readonly touched: readonly string[]
}

function putAll(known: KnownSpecs, specs: readonly ProfileSpec[], replace: boolean): Changed {
  const after = new Map(known)
  for (const spec of specs) {
    const there = known.get(spec.id)
    if (there?.isBuiltIn) throw isBuiltIn(spec.id)
    if (there && !replace) {
      throw new AppError('NAME_TAKEN', `There is a profile ${spec.id} already`, {
        hint: 'Choose another id, or say that it is to be replaced.',
        details: { profile: spec.id },
      })
    }
    after.set(spec.id, { spec, isBuiltIn: false })
  }
  return { known: after, touched: specs.map(({ id }) => id) }
}

/** Under a lock, so that two programs at once lose nothing; and only where all that is written can be used. */
async function change(places: ProfilePlaces, work: (known: KnownSpecs) => Changed): Promise<readonly Profile[]> {
  const { layout } = places
  return withLock(path.join(layout.locks, 'profiles'), async () => {
    const { known, touched } = work(await knownSpecs(places, 'empty'))
    const profiles = touched.map((id) => resolved(known, found(known, id)))
    const own = [...known.values()].flatMap(({ spec, isBuiltIn: ships }) => (ships ? [] : [spec]))
    partsOf(
      known,
      [...known.values()].filter(({ spec }) => touched.some((id) => spec.includes.includes(id))),
    )
    // Only now, when there is something to put in its place: a file that cannot be read is kept beside it.
    await readJson(layout.profiles, profilesFileSchema, { setAside: true })
    await writeJson(layout.profiles, { version: 1, profiles: own })
    return profiles
  })
}

async function readBuiltIn(file: string): Promise<readonly ProfileSpec[]> {
  const read = await readJson(file, profilesFileSchema)
  if (read.state === 'ok') return read.value.profiles
  if (read.state === 'unreadable') throw read.problem
  throw new AppError('FILE_UNREADABLE', `There are no profiles at ${file}`, {
    hint: 'Install the product again.',
    details: { path: file },
  })
}

async function readOwn(file: string, broken: 'told' | 'empty'): Promise<readonly ProfileSpec[]> {
  const read = await readJson(file, profilesFileSchema)
  if (read.state === 'ok') return read.value.profiles
  if (read.state === 'unreadable' && broken === 'told') throw read.problem
  return []
}

function isBuiltIn(id: string): AppError {
  return new AppError('PROTECTED', `Profile ${id} ships with this program and cannot be changed`, {
    hint: 'Copy it under an id of your own.',
    details: { profile: id },
  })
}
