import { AppError, toErrorInfo } from '../../../contract/index.ts'
import type { Profile, ProfileSpec } from '../../../contract/index.ts'

/** A profile as a file has it, and where that is. */
export interface KnownSpec {
  readonly spec: ProfileSpec
  readonly isBuiltIn: boolean
}

/** The profiles that there are, by id: those that ship, then the user's own. */
export type KnownSpecs = ReadonlyMap<string, KnownSpec>

/** Each with what it includes. One whose includes cannot be followed says so, and is told all the same. */
export function resolveAll(known: KnownSpecs): readonly Profile[] {
  return [...known.values()].map((one) => {
    try {
      return resolved(known, one)
    } catch (error) {
      return { ...shown(one, [one.spec]), problem: toErrorInfo(error) }
    }
  })
}

/** @throws NOT_FOUND for what it includes and is not there, INVALID_PARAMS where it includes itself in the end */
export function resolved(known: KnownSpecs, one: KnownSpec): Profile {
  return shown(one, partsOf(known, [one]))
}

/** A profile and all that it includes, each once, what is included first. @throws as `resolved` */
export function partsOf(known: KnownSpecs, ones: readonly KnownSpec[]): readonly ProfileSpec[] {
  const parts = new Set<ProfileSpec>()
  const add = ({ spec }: KnownSpec, above: readonly string[]) => {
    if (parts.has(spec)) return
    if (above.includes(spec.id)) {
      const circle = [...above.slice(above.indexOf(spec.id)), spec.id]
      throw new AppError('INVALID_PARAMS', `Profile ${spec.id} would include itself: ${circle.join(' → ')}`, {
        hint: 'Take one of these includes out.',
        details: { profile: spec.id, includes: circle },
      })
    }
    for (const id of spec.includes) add(found(known, id), [...above, spec.id])
    parts.add(spec)
  }
  for (const one of ones) add(one, [])
  return [...parts]
}

/** @throws NOT_FOUND with those that there are */
export function found(known: KnownSpecs, id: string): KnownSpec {
  const one = known.get(id)
  if (one) return one
  const there = [...known.keys()]
  throw new AppError('NOT_FOUND', `There is no profile ${id}`, {
    hint: `There are: ${there.join(', ')}.`,
    details: { profile: id, profiles: there },
  })
}

function shown({ spec, isBuiltIn }: KnownSpec, parts: readonly ProfileSpec[]): Profile {
  const { id, title, summary, kind } = spec
  const packages = [...new Set(parts.flatMap((part) => part.packages))]
  const optional = [...new Set(parts.flatMap((part) => part.optional))].filter((text) => !packages.includes(text))
  return { id, title, summary, kind, isBuiltIn, packages, optional, spec }
}
