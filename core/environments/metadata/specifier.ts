import { comparePackageVersions, compareReleases, parsePackageVersion, withoutLocal } from './version.ts'
import type { PackageVersion } from './version.ts'

/**
 * Whether an installed version is what a specifier such as `>=2,!=2.1.*` allows. What cannot be understood allows everything.
 * Pre-releases count as what they are: they are installed, so that nobody asks whether they may be.
 */
export function allows(specifier: string, version: string): boolean {
  const have = parsePackageVersion(version)
  return specifier
    .split(',')
    .map((clause) => clause.trim())
    .filter(Boolean)
    .every((clause) => allowsClause(clause, version, have))
}

function allowsClause(clause: string, version: string, have: PackageVersion | undefined): boolean {
  const [, operator = '', text = ''] = /^(===|==|~=|!=|<=|>=|<|>)\s*(\S+)$/u.exec(clause) ?? []
  if (operator === '===') return text.toLowerCase() === version.toLowerCase()
  const isPrefix = text.endsWith('.*')
  const want = parsePackageVersion(isPrefix ? text.slice(0, -2) : text)
  if (!have || !want || operator === '') return true
  switch (operator) {
    case '==':
      return equals(have, want, isPrefix)
    case '!=':
      return !equals(have, want, isPrefix)
    case '~=':
      return compare(have, want) >= 0 && equals(have, { ...want, release: want.release.slice(0, -1) }, true)
    case '>=':
      return compare(have, want) >= 0
    case '<=':
      return compare(have, want) <= 0
    // What comes before or after a version within its own release is neither less nor more, unless the specifier names such a one.
    case '<':
      return compare(have, want) < 0 && !(isSameRelease(have, want) && isEarly(have) && !isEarly(want))
    default:
      return (
        compare(have, want) > 0 && !(isSameRelease(have, want) && have.post !== undefined && want.post === undefined)
      )
  }
}

/** A local label (`+cpu`) counts only where the specifier has one, which equality alone may. */
function compare(have: PackageVersion, want: PackageVersion): number {
  return comparePackageVersions(withoutLocal(have), withoutLocal(want))
}

function equals(have: PackageVersion, want: PackageVersion, isPrefix: boolean): boolean {
  if (!isPrefix) return comparePackageVersions(want.local ? have : withoutLocal(have), want) === 0
  const padded = want.release.map((_part, at) => have.release[at] ?? 0)
  return have.epoch === want.epoch && compareReleases(padded, want.release) === 0
}

function isSameRelease(a: PackageVersion, b: PackageVersion): boolean {
  return a.epoch === b.epoch && compareReleases(a.release, b.release) === 0
}

function isEarly({ pre, dev }: PackageVersion): boolean {
  return pre !== undefined || dev !== undefined
}
