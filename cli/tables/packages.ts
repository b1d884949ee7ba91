import type { OutdatedPackage, Package, PackageChange, PackageSnapshot } from '../../contract/index.ts'
import { table } from '../text/table.ts'
import { bytes, localTime } from '../text/units.ts'
import { visible } from '../text/visible.ts'

export function packagesTable(packages: readonly Package[]): string {
  if (packages.length === 0) return 'No packages'
  return table(packages, [
    { title: 'package', cell: ({ name }) => name },
    { title: 'version', cell: ({ version }) => version },
  ])
}

export function outdatedTable(outdated: readonly OutdatedPackage[]): string {
  if (outdated.length === 0) return 'Everything is up to date'
  return table(outdated, [
    { title: 'package', cell: ({ name }) => name },
    { title: 'version', cell: ({ version }) => version },
    { title: 'latest', cell: ({ latest }) => latest },
  ])
}

export function snapshotsTable(snapshots: readonly PackageSnapshot[]): string {
  if (snapshots.length === 0) return 'No snapshots yet: one is taken before each change of packages'
  return table(snapshots, [
    { title: 'taken', cell: ({ takenAt }) => localTime(takenAt) },
    { title: 'before', cell: ({ reason, about, note }) => note ?? [reason, ...about].join(' ') },
    { title: 'packages', cell: ({ packages }) => String(packages.length), align: 'right' },
    { title: 'changed then', cell: ({ changes }) => changes.map(shortChange).join(', ') },
    { title: 'size', cell: ({ sizeBytes }) => bytes(sizeBytes), align: 'right' },
    { title: 'id', cell: ({ id }) => id },
  ])
}

/** `+numpy`, `-numpy`, `numpy 2.4.0`. */
function shortChange({ name, from, to }: PackageChange): string {
  if (from === null) return `+${name}`
  return to === null ? `-${name}` : `${name} ${to}`
}

export function changesTable(changes: readonly PackageChange[]): string {
  if (changes.length === 0) return 'Nothing would change'
  return table(changes, [
    { title: 'package', cell: ({ name }) => name },
    { title: 'from', cell: ({ from }) => from ?? '' },
    { title: 'to', cell: ({ to }) => to ?? '' },
  ])
}

/** What has changed between two looks, as a table; undefined where nothing has. */
export function changesBetween(before: readonly Package[], after: readonly Package[]): string | undefined {
  const [was, is] = [before, after].map((packages) => new Map(packages.map(({ name, version }) => [name, version])))
  const names = [...new Set([...after, ...before].map(({ name }) => name))]
  const changes = names
    .map((name) => ({ name, from: was?.get(name) ?? null, to: is?.get(name) ?? null }))
    .filter(({ from, to }) => from !== to)
  return changes.length === 0 ? undefined : changesTable(changes)
}

/** Who will miss what goes. */
export function missedNotes(changes: readonly PackageChange[]): string[] {
  return changes
    .filter(({ neededBy = [] }) => neededBy.length > 0)
    .map(({ name, neededBy = [] }) => `Needed by ${neededBy.map((one) => visible(one)).join(', ')}: ${visible(name)}`)
}
