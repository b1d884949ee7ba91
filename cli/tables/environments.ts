import type { Environment, TrashedEnvironment } from '../../contract/index.ts'
import { fields, table } from '../text/table.ts'
import { bytes, localTime } from '../text/units.ts'
import { problemFields } from './problem.ts'

export function environmentsTable(environments: readonly Environment[]): string {
  if (environments.length === 0) return 'There is no environment yet; `beep-host venv create NAME` makes one'
  return table(environments, [
    { title: 'name', cell: ({ name }) => name },
    { title: 'python', cell: ({ python }) => python },
    { title: 'state', cell: ({ state }) => state },
    { title: 'size', cell: ({ sizeBytes }) => bytes(sizeBytes), align: 'right' },
    { title: 'used by', cell: ({ usedBy }) => usedBy.join(', ') },
    { title: 'root', cell: ({ root }) => root },
  ])
}

export function environmentFields(environment: Environment): string {
  return fields([
    ['name', environment.name],
    ['root', environment.root],
    ['python', environment.python],
    ['runtime', environment.runtime],
    ['executable', environment.executable],
    ['state', environment.state],
    ['size', bytes(environment.sizeBytes)],
    ['made', localTime(environment.createdAt)],
    ['asked for', environment.requirements.join(', ')],
    ...originFields(environment),
    ['used by', environment.usedBy.join(', ')],
    ...problemFields(environment.problem),
  ])
}

/** Told only where there is something to tell. */
function originFields({ gpu, skipped = [] }: Environment): [string, string][] {
  const without = skipped.map(({ requirement, reason }) => `${requirement} (${reason})`).join('; ')
  const facts: readonly [string, string | undefined][] = [
    ['gpu', gpu],
    ['without', without],
  ]
  return facts.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
}

export function trashTable(trashed: readonly TrashedEnvironment[]): string {
  if (trashed.length === 0) return 'The trash is empty'
  return table(trashed, [
    { title: 'name', cell: ({ name }) => name },
    { title: 'deleted', cell: ({ removedAt }) => localTime(removedAt) },
    { title: 'kept until', cell: ({ expiresAt }) => localTime(expiresAt) },
    { title: 'size', cell: ({ sizeBytes }) => bytes(sizeBytes), align: 'right' },
    { title: 'id', cell: ({ id }) => id },
  ])
}
