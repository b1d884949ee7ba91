import { create } from 'zustand'
import type { Environment } from '../../../contract/index.ts'

export const healths = ['all', 'broken', 'used'] as const
export const columns = ['name', 'state', 'python', 'size', 'usedBy'] as const
export type Column = (typeof columns)[number]

/** What the user wants to see of the list; kept while other screens are shown. */
export interface ListChoices {
  readonly text: string
  readonly health: (typeof healths)[number]
  readonly sort: Column
  readonly isDown: boolean
}

export const useListChoices = create<ListChoices>()(() => ({ text: '', health: 'all', sort: 'name', isDown: false }))

/** A second click on a column turns it round. What is large, broken or used is looked for first. */
export function sortBy(column: Column): void {
  useListChoices.setState(({ sort, isDown }) =>
    sort === column ? { isDown: !isDown } : { sort: column, isDown: column === 'size' || column === 'usedBy' },
  )
}

const compare: Readonly<Record<Column, (a: Environment, b: Environment) => number>> = {
  name: byName,
  state: (a, b) => Number(b.state === 'broken') - Number(a.state === 'broken'),
  python: (a, b) => a.python.localeCompare(b.python, 'en', { numeric: true }),
  size: (a, b) => a.sizeBytes - b.sizeBytes,
  usedBy: (a, b) => a.usedBy.length - b.usedBy.length,
}

/** The environments that fit, in order; equal ones by name. */
export function arranged(environments: readonly Environment[], choices: ListChoices): Environment[] {
  const { health, sort, isDown } = choices
  const wanted = choices.text.trim().toLowerCase()
  const order = isDown ? -1 : 1
  return environments
    .filter(
      (one) =>
        (health === 'all' || (health === 'broken' ? one.state === 'broken' : one.usedBy.length > 0)) &&
        (wanted === '' ||
          [one.name, ...one.requirements, one.python].some((text) => text.toLowerCase().includes(wanted))),
    )
    .sort((a, b) => order * compare[sort](a, b) || byName(a, b))
}

function byName(a: Environment, b: Environment): number {
  return a.name.localeCompare(b.name, undefined, { numeric: true })
}
