import type { OutdatedPackage, Package } from '../../../contract/index.ts'

/** The name as package indexes compare it. Source: the packaging specifications, "Names and normalization". */
export function normalName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/gu, '-')
}

/** The bare name at the beginning of a requirement. */
export function nameIn(requirement: string): string {
  return normalName(/^[A-Za-z0-9._-]*/u.exec(requirement.trim())?.[0] ?? '')
}

export interface PackageRow extends Package {
  /** A user asked for it by name; the others came along. */
  readonly isAsked: boolean
  /** The newest version, where it is known and another one. */
  readonly latest: string | undefined
}

/**
 * What is installed, with what is known about each. An answer about updates stays good for each package whose version is still
 * the one that was asked about.
 */
export function packageRows(
  packages: readonly Package[],
  requirements: readonly string[],
  outdated: readonly OutdatedPackage[],
): PackageRow[] {
  const asked = new Set(requirements.map(nameIn))
  const newer = new Map(outdated.map((one) => [normalName(one.name), one]))
  return packages
    .map((one) => {
      const known = newer.get(normalName(one.name))
      return {
        ...one,
        isAsked: asked.has(normalName(one.name)),
        latest: known?.version === one.version ? known.latest : undefined,
      }
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }))
}

export function rowsFitting(rows: readonly PackageRow[], text: string, isOnlyOutdated: boolean): PackageRow[] {
  const wanted = normalName(text.trim())
  return rows.filter(
    (row) => (!isOnlyOutdated || row.latest !== undefined) && (wanted === '' || normalName(row.name).includes(wanted)),
  )
}
