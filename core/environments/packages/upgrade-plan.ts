import { AppError, requirementSchema } from '../../../contract/index.ts'
import type { Distribution } from '../metadata/distributions.ts'
import type { PackageGraph } from '../metadata/graph.ts'
import { holds } from '../metadata/marker.ts'
import type { MarkerEnvironment } from '../metadata/marker.ts'
import { parseRequirement, withExtras } from '../metadata/requirement.ts'
import type { Requirement } from '../metadata/requirement.ts'
import { allows } from '../metadata/specifier.ts'
import { parsePackageVersion } from '../metadata/version.ts'
import { requirementName } from '../requirements.ts'

/** What an upgrade is decided from. */
export interface UpgradeFacts {
  readonly environment: string
  readonly graph: PackageGraph
  /** Requirements that the user has stated so far. */
  readonly recorded: readonly string[]
  readonly marker: MarkerEnvironment
}

export interface UpgradePlan {
  readonly requirements: readonly string[]
  /** What keeps the packages at work that are not upgraded. */
  readonly constraints: readonly string[]
}

/**
 * Packages that the user names: in the versions that are asked for, or in the newest that fits. The user's word counts for more
 * than what was asked for earlier, but other packages shall go on working.
 * @throws NOT_FOUND for what is not installed, UNSUPPORTED for what no index has
 */
export function planNamed(facts: UpgradeFacts, named: readonly string[]): UpgradePlan {
  const asked = named.map((text) => ({ text, requirement: parseRequirement(text) }))
  const installed = byKey(facts.graph)
  const keys = asked.map(({ text, requirement }) => requirement?.key ?? requirementName(text))
  const missing = keys.filter((key) => !installed.has(key))
  if (missing.length > 0) {
    throw new AppError('NOT_FOUND', `Not in environment ${facts.environment}: ${missing.join(', ')}`, {
      hint: `Install it: \`beep-host venv install ${facts.environment} ${missing.join(' ')}\`.`,
      details: { name: facts.environment, packages: missing },
    })
  }
  const direct = keys.filter((key) => installed.get(key)?.isDirect)
  if (direct.length > 0) {
    throw new AppError('UNSUPPORTED', `Not from a package index, so nothing newer is known: ${direct.join(', ')}`, {
      hint: 'Upgrade it the way it was installed: from its folder, file or address.',
      details: { name: facts.environment, packages: direct },
    })
  }
  const requirements = asked.map(({ text, requirement }) =>
    requirement && isBare(requirement) ? withExtras(requirement.name, facts.graph.extrasOf(requirement.key)) : text,
  )
  return { requirements, constraints: constraintsBeside(facts, new Set(keys)) }
}

/** All that are out of date: as far as everything that was asked for allows. */
export function planAll(facts: UpgradeFacts, outdated: ReadonlySet<string>): UpgradePlan {
  const keys = facts.graph.distributions.filter(({ key, isDirect }) => outdated.has(key) && !isDirect)
  const requirements = keys.flatMap(({ key, name }) => {
    const recorded = facts.recorded.filter((text) => requirementName(text) === key)
    return recorded.length > 0 ? recorded : [withExtras(name, facts.graph.extrasOf(key))]
  })
  return { requirements, constraints: constraintsBeside(facts, new Set(keys.map(({ key }) => key))) }
}

/** What the environment's requirements are afterwards, given the versions that are there then. */
export function recordedAfter(
  recorded: readonly string[],
  named: readonly string[],
  versions: ReadonlyMap<string, string>,
): string[] {
  const words = new Map(
    named.flatMap((text) => {
      const requirement = parseRequirement(text)
      return requirement ? [[requirement.key, { text, requirement }] as const] : []
    }),
  )
  const isKept = (text: string) => {
    const earlier = parseRequirement(text)
    const word = earlier && words.get(earlier.key)
    if (!earlier || !word) return true
    // A bare name only asks for the newest: what was asked for stays the word on it while it holds.
    return isBare(word.requirement) && allows(earlier.specifier, versions.get(earlier.key) ?? '')
  }
  const kept = recorded.filter(isKept)
  const [before, after] = [new Set(recorded.map(requirementName)), new Set(kept.map(requirementName))]
  // One that was never asked for by name, since another needs it, is not asked for by being upgraded.
  const added = [...words.values()].filter(
    ({ requirement }) => !after.has(requirement.key) && (before.has(requirement.key) || !isBare(requirement)),
  )
  return [...kept, ...added.map(({ text }) => text)]
}

/**
 * Limits that the packages that stay set to all others, and those of earlier requirements. Only such as hold now: an
 * environment in which something is amiss already shall not be stuck for it.
 */
export function constraintsBeside(facts: UpgradeFacts, upgraded: ReadonlySet<string>): string[] {
  const installed = byKey(facts.graph)
  const asked = facts.recorded
    .flatMap((text) => parseRequirement(text) ?? [])
    .filter(({ key, marker }) => !upgraded.has(key) && (marker === undefined || holds(marker, facts.marker)))
  const needed = facts.graph.needs.filter(({ by }) => !upgraded.has(by.key)).map(({ requirement }) => requirement)
  const limits = [...asked, ...needed].filter((one) => isLimit(one) && holdsNow(one, installed.get(one.key)))
  return [...new Set(limits.map(({ key, specifier }) => `${key}${specifier}`))].sort()
}

/** One that both tools understand; packages of old have stranger ones. */
function isLimit({ key, specifier, isDirect }: Requirement): boolean {
  if (isDirect || specifier === '' || !requirementSchema.safeParse(`${key}${specifier}`).success) return false
  return specifier.split(',').every((clause) => {
    const [, operator, version = '', star] = /^(~=|[=!]=|[<>]=?)(.*?)(\.\*)?$/u.exec(clause) ?? []
    if (star !== undefined && operator !== '==' && operator !== '!=') return false
    return parsePackageVersion(version) !== undefined
  })
}

function holdsNow({ specifier }: Requirement, installed: Distribution | undefined): boolean {
  return installed === undefined || allows(specifier, installed.version)
}

function isBare({ specifier, extras, marker }: Requirement): boolean {
  return specifier === '' && extras.length === 0 && marker === undefined
}

function byKey({ distributions }: PackageGraph): ReadonlyMap<string, Distribution> {
  return new Map(distributions.map((one) => [one.key, one]))
}
