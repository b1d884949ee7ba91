import type { Package } from '../../../contract/index.ts'
import type { UpdateCheck } from '../../stores/outdated.ts'

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
  /** This version is known to be the newest. */
  readonly isNewest: boolean
}

/**
 * What is installed, with what is known about each. An answer about updates stays good for each package whose version is still
 * the one that was asked about.
 */
export function packageRows(
  packages: readonly Package[],
  requirements: readonly string[],
  check: UpdateCheck | undefined,
): PackageRow[] {
  const asked = new Set(requirements.map(nameIn))
  const newer = new Map(check?.outdated.map((one) => [normalName(one.name), one]))
  const checked = new Map(check?.checked.map((one) => [normalName(one.name), one.version]))
  return packages
    .map((one) => {
      const key = normalName(one.name)
      const known = newer.get(key)
      const latest = known?.version === one.version ? known.latest : undefined
      const isNewest = known ? known.latest === one.version : checked.get(key) === one.version
      return { ...one, isAsked: asked.has(key), latest, isNewest }
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }))
}

export function rowsFitting(rows: readonly PackageRow[], text: string, isOnlyOutdated: boolean): PackageRow[] {
  const wanted = normalName(text.trim())
  return rows.filter(
    (row) => (!isOnlyOutdated || row.latest !== undefined) && (wanted === '' || normalName(row.name).includes(wanted)),
  )
}
