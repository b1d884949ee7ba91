import { z } from 'zod'
import { AppError, requirementSchema } from '../../contract/index.ts'
import type { Profile } from '../../contract/index.ts'
import { readJson } from '../storage/index.ts'

const fileSchema = z
  .object({
    version: z.literal(1),
    profiles: z.array(
      z
        .object({
          id: z.string().regex(/^[a-z\d]+(-[a-z\d]+)*$/u),
          title: z.string().min(1),
          summary: z.string().min(1),
          /** Ids of profiles that stand before this one; their packages belong to it. */
          includes: z.array(z.string()).default([]),
          packages: z.array(requirementSchema),
        })
        .strict(),
    ),
  })
  .strict()

/** The package sets of a file, in its order, each with what it includes. @throws FILE_UNREADABLE */
export async function readProfiles(file: string): Promise<readonly Profile[]> {
  const read = await readJson(file, fileSchema)
  if (read.state === 'unreadable') throw read.problem
  if (read.state === 'absent') {
    throw new AppError('FILE_UNREADABLE', `There are no profiles at ${file}`, {
      hint: 'Install the product again.',
      details: { path: file },
    })
  }
  const known = new Map<string, Profile>()
  for (const { includes, ...profile } of read.value.profiles) {
    const packages = [...packagesOf(known, includes), ...profile.packages]
    known.set(profile.id, { ...profile, packages: [...new Set(packages)] })
  }
  return [...known.values()]
}

/** What profiles and further packages come to: one list, each text once. @throws NOT_FOUND for a profile that there is not */
export async function withProfiles(
  file: string,
  profiles: readonly string[],
  packages: readonly string[],
): Promise<readonly string[]> {
  if (profiles.length === 0) return packages
  const known = new Map((await readProfiles(file)).map((profile) => [profile.id, profile]))
  return [...new Set([...packagesOf(known, profiles), ...packages])]
}

function packagesOf(known: ReadonlyMap<string, Profile>, ids: readonly string[]): string[] {
  return ids.flatMap((id) => {
    const profile = known.get(id)
    if (profile) return profile.packages
    const there = [...known.keys()]
    throw new AppError('NOT_FOUND', `There is no profile ${id}`, {
      hint: `There are: ${there.join(', ')}.`,
      details: { profile: id, profiles: there },
    })
  })
}
