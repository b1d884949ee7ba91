import type { PackageChange } from '../../../contract/index.ts'
import { byVersionDown } from '../../lib/format.ts'

export interface SortedChanges {
  readonly added: readonly PackageChange[]
  readonly updated: readonly PackageChange[]
  readonly removed: readonly PackageChange[]
  /** Of those that go, the ones that something else needs. */
  readonly breaking: readonly PackageChange[]
}

/** What comes, what changes, what goes, each by name. */
export function sortedChanges(changes: readonly PackageChange[]): SortedChanges {
  const all = [...changes].sort((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }))
  return {
    added: all.filter(({ from, to }) => from === null && to !== null),
    updated: all.filter(({ from, to }) => from !== null && to !== null && from !== to),
    removed: all.filter(({ from, to }) => from !== null && to === null),
    breaking: all.filter(({ to, neededBy }) => to === null && (neededBy?.length ?? 0) > 0),
  }
}

/** True where the version would go down, which is seldom what anybody wants. */
export function isOlder({ from, to }: PackageChange): boolean {
  return from !== null && to !== null && byVersionDown({ version: from }, { version: to }) < 0
}
