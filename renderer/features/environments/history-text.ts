import type { Package, PackageChange, PackageSnapshot } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { sortedChanges } from './change-kinds.ts'

/** Why a snapshot was taken, for people. */
export function reasonOf({ reason, about }: Pick<PackageSnapshot, 'reason' | 'about'>): string {
  const list = about.join(', ')
  switch (reason) {
    case 'install':
    case 'uninstall':
      return t(`history.reasons.${reason}`, { list })
    case 'upgrade':
      return about.length > 0 ? t('history.reasons.upgrade', { list }) : t('history.reasons.upgradeAll')
    default:
      return t(`history.reasons.${reason}`)
  }
}

/** `3 new, 1 changed`. */
export function changesInShort(changes: readonly PackageChange[]): string {
  const { added, updated, removed } = sortedChanges(changes)
  const parts = [
    added.length > 0 && t('history.came', { count: added.length }),
    updated.length > 0 && t('history.changed', { count: updated.length }),
    removed.length > 0 && t('history.went', { count: removed.length }),
  ].filter((part) => part !== false)
  return parts.length === 0 ? t('history.nothing') : parts.join(', ')
}

/** All of them, for who wants to know: `numpy 1.26.4 → 2.1.0, six 1.17.0`. */
export function changesInFull(changes: readonly PackageChange[]): string {
  return changes
    .map(({ name, from, to }) => {
      if (from !== null && to !== null) return `${name} ${t('environments.change.fromTo', { from, to })}`
      return `${to === null ? '−' : '+'} ${name} ${to ?? from ?? ''}`
    })
    .join(', ')
}

/** What going from some packages to others changes. */
export function changesTowards(now: readonly Package[], then: readonly Package[]): PackageChange[] {
  const key = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/gu, '-')
  const is = new Map(now.map((one) => [key(one.name), one]))
  const was = new Map(then.map((one) => [key(one.name), one]))
  return [...new Set([...is.keys(), ...was.keys()])]
    .sort()
    .map((name) => ({
      name: (was.get(name) ?? is.get(name))?.name ?? name,
      from: is.get(name)?.version ?? null,
      to: was.get(name)?.version ?? null,
    }))
    .filter(({ from, to }) => from !== to)
}
