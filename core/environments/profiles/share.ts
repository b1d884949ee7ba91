import { AppError, profilesFileSchema } from '../../../contract/index.ts'
import type { ProfileSpec } from '../../../contract/index.ts'
import { found, partsOf } from './resolve.ts'
import type { KnownSpecs } from './resolve.ts'

/** Those that are named, and what they include of the user's own; what ships is there at the other end, too, unless it is named. */
export function exported(known: KnownSpecs, ids: readonly string[]): { readonly text: string; readonly ids: string[] } {
  const named = ids.map((id) => found(known, id))
  const parts = partsOf(known, named).filter((spec) => ids.includes(spec.id) || !known.get(spec.id)?.isBuiltIn)
  const profiles = parts.map(withoutEmpty)
  return { text: `${JSON.stringify({ version: 1, profiles }, null, 2)}\n`, ids: parts.map(({ id }) => id) }
}

/** @throws INVALID_PARAMS with the places that are wrong; nothing of such a file is taken */
export function readShared(text: string): readonly ProfileSpec[] {
  const checked = profilesFileSchema.safeParse(parsed(text))
  if (!checked.success) {
    const issues = checked.error.issues
      .slice(0, 5)
      .map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`)
    const isNewer = checked.error.issues.some(({ path }) => path.length === 1 && path[0] === 'version')
    throw new AppError('INVALID_PARAMS', `This is no file of profiles: ${issues.join('; ')}`, {
      hint: isNewer ? 'It may have been written by a newer version of this program.' : 'Nothing was imported.',
      details: { issues },
    })
  }
  const { profiles } = checked.data
  const twice = profiles.find(({ id }, index) => profiles.findIndex((other) => other.id === id) !== index)
  if (twice)
    throw new AppError('INVALID_PARAMS', `The file has two profiles ${twice.id}`, { hint: 'Nothing was imported.' })
  if (profiles.length === 0) throw new AppError('INVALID_PARAMS', 'The file has no profile', {})
  return profiles
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ''))
  } catch (error) {
    throw new AppError('INVALID_PARAMS', `This is no file of profiles: ${(error as Error).message}`, {
      hint: 'Nothing was imported.',
    })
  }
}

/** For people who read it: what says nothing is left out. */
function withoutEmpty(spec: ProfileSpec): Partial<ProfileSpec> {
  const isTold = (value: unknown) => value !== undefined && value !== '' && (!Array.isArray(value) || value.length > 0)
  return Object.fromEntries(Object.entries(spec).filter(([name, value]) => name === 'packages' || isTold(value)))
}
