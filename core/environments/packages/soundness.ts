import type { Distribution } from '../metadata/distributions.ts'
import type { Need, PackageGraph } from '../metadata/graph.ts'
import { parseRequirement } from '../metadata/requirement.ts'
import { allows } from '../metadata/specifier.ts'

/** What a package needs and does not have. */
export interface Conflict {
  readonly need: Need
  /** The version that is there instead; undefined: nothing is. */
  readonly installed: string | undefined
}

/** Needs that no installed package meets, as far as packages say what they need. What cannot be understood is met. */
export function conflictsIn({ needs, distributions }: PackageGraph): Conflict[] {
  const versions = new Map(distributions.map(({ key, version }) => [key, version]))
  return needs.flatMap((need): Conflict[] => {
    const installed = versions.get(need.requirement.key)
    if (installed === undefined) return [{ need, installed }]
    return allows(need.requirement.specifier, installed) ? [] : [{ need, installed }]
  })
}

/** The conflicts that a change has brought: what was so before is not its fault. */
export function newConflicts(before: PackageGraph, after: PackageGraph): Conflict[] {
  const known = new Set(conflictsIn(before).map(keyOf))
  return conflictsIn(after).filter((conflict) => !known.has(keyOf(conflict)))
}

/** `pandas 2.2.3 needs numpy>=1.26, and 1.19.0 is there`, with one more where there are more. */
export function describeConflicts(conflicts: readonly Conflict[]): string {
  const texts = conflicts.map(({ need: { by, requirement }, installed }) => {
    const there = installed === undefined ? 'it is not there' : `${installed} is there`
    return `${by.name} ${by.version} needs ${requirement.name}${requirement.specifier}, and ${there}`
  })
  return [...new Set(texts)].slice(0, 3).join('; ')
}

/** Of what was asked for, the packages that stand on one that has changed: another version of it may have broken them. */
export function standingOnChanges(
  before: readonly Distribution[],
  after: PackageGraph,
  asked: readonly string[],
): string[] {
  const was = new Map(before.map(({ key, version }) => [key, version]))
  const there = new Map(after.distributions.map((one) => [one.key, one]))
  const changed = new Set(
    after.distributions.filter(({ key, version }) => was.get(key) !== version).map(({ key }) => key),
  )
  for (const key of was.keys()) if (!there.has(key)) changed.add(key)
  const below = (key: string, seen: Set<string>): Set<string> => {
    if (seen.has(key)) return seen
    seen.add(key)
    for (const { by, requirement } of after.needs) if (by.key === key) below(requirement.key, seen)
    return seen
  }
  const names = asked.flatMap((text) => parseRequirement(text)?.key ?? [])
  return [...new Set(names)].filter(
    (key) => there.has(key) && [...below(key, new Set())].some((one) => changed.has(one)),
  )
}

function keyOf({ need: { by, requirement } }: Conflict): string {
  return `${by.key}\0${by.version}\0${requirement.key}\0${requirement.specifier}`
}
