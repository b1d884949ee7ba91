import type { Distribution } from './distributions.ts'
import { holds } from './marker.ts'
import type { MarkerEnvironment } from './marker.ts'
import { parseRequirement } from './requirement.ts'
import type { Requirement } from './requirement.ts'

/** One installed package needs another one. */
export interface Need {
  readonly by: Distribution
  readonly requirement: Requirement
}

/** Who needs what among installed packages, as far as markers and the extras that somebody has asked for go. */
export interface PackageGraph {
  readonly distributions: readonly Distribution[]
  readonly needs: readonly Need[]
  /** The extras that are asked for of a package, by its normalized name; sorted. */
  readonly extrasOf: (key: string) => readonly string[]
}

/** @param asked requirements that the user has stated; they may ask for extras. */
export function packageGraph(
  distributions: readonly Distribution[],
  asked: readonly string[],
  environment: MarkerEnvironment,
): PackageGraph {
  const extras = new Map<string, Set<string>>()
  const ask = ({ key, extras: wanted }: Requirement) => {
    const known = extras.get(key) ?? new Set()
    extras.set(key, known)
    const before = known.size
    for (const extra of wanted) known.add(extra)
    return known.size > before
  }
  for (const text of asked) {
    const requirement = parseRequirement(text)
    if (requirement) ask(requirement)
  }
  const extrasOf = (key: string) => [...(extras.get(key) ?? [])].sort()
  const active = ({ key, requires }: Distribution) =>
    requires.filter(({ marker }) => marker === undefined || holds(marker, environment, extrasOf(key)))
  // An extra brings requirements, which may bring extras; each round finds one more, or it is the last.
  let isNew = true
  while (isNew) {
    isNew = false
    for (const one of distributions) for (const requirement of active(one)) isNew = ask(requirement) || isNew
  }
  const needs = distributions.flatMap((by) => active(by).map((requirement) => ({ by, requirement })))
  return { distributions, needs, extrasOf }
}

/** The packages that stay and need one that goes, by name. */
export function neededBy(graph: PackageGraph, key: string, going: ReadonlySet<string>): string[] {
  const names = graph.needs
    .filter(({ by, requirement }) => requirement.key === key && by.key !== key && !going.has(by.key))
    .map(({ by }) => by.name)
  return [...new Set(names)]
}

/**
 * Packages that are there although nothing that was asked for needs them: what somebody has installed by other means. Of
 * those that need each other, the ones on top.
 */
export function unaskedRoots(graph: PackageGraph, asked: readonly string[]): Distribution[] {
  const reached = new Set<string>()
  const reach = (key: string) => {
    if (reached.has(key)) return
    reached.add(key)
    for (const { by, requirement } of graph.needs) if (by.key === key) reach(requirement.key)
  }
  for (const text of asked) {
    const requirement = parseRequirement(text)
    if (requirement) reach(requirement.key)
  }
  const roots: Distribution[] = []
  const isLeft = ({ key }: Distribution) => !reached.has(key)
  const isOnTop = ({ key }: Distribution) =>
    !graph.needs.some(({ by, requirement }) => requirement.key === key && by.key !== key && isLeft(by))
  for (;;) {
    const left = graph.distributions.filter(isLeft)
    // Those that need each other in a circle have nobody on top: any one of them brings the others.
    const next = left.find(isOnTop) ?? left[0]
    if (!next) return roots
    roots.push(next)
    reach(next.key)
  }
}
