import type { CommandName, InfrastructureScope } from '../../contract/index.ts'

/** Who shows a token: the user's own programs, or the code of a server, within a scope. */
export type Access = 'owner' | Exclude<InfrastructureScope, 'none'>

/** What the code of a server may look at. */
const reading: readonly CommandName[] = [
  'environments.list',
  'environments.get',
  'environments.trash',
  'profiles.list',
  'profiles.get',
  'profiles.export',
  'profiles.preview',
  'gpu.get',
  'packages.list',
  'packages.export',
  'packages.snapshots',
  'runtimes.list',
  'runtimes.catalog',
  'servers.list',
  'servers.get',
  'servers.usage',
  'jobs.list',
  'jobs.get',
]

/** What it may do besides, with the scope `full`. Nothing of the host itself, and nothing that runs code or answers it elsewhere. */
const changing: readonly CommandName[] = [
  'environments.create',
  'environments.ensure',
  'environments.remove',
  'environments.restore',
  'environments.clone',
  'environments.repair',
  'profiles.save',
  'profiles.remove',
  'profiles.import',
  'packages.install',
  'packages.import',
  'packages.upgrade',
  'packages.uninstall',
  'packages.outdated',
  'packages.lock',
  'packages.preview',
  'packages.snapshot',
  'packages.rollback',
  'packages.removeSnapshot',
  'runtimes.install',
  'runtimes.remove',
  'servers.save',
  'servers.start',
  'servers.stop',
  'servers.restart',
  'servers.remove',
  'servers.endpoint',
  'servers.logs',
  'jobs.cancel',
]

const allowed: Readonly<Record<Exclude<Access, 'owner'>, ReadonlySet<string>>> = {
  read: new Set(reading),
  full: new Set([...reading, ...changing]),
}

/** Whatever stands in no list is refused: a new command is the user's own until somebody decides otherwise. */
export function mayAsk(access: Access, command: string): boolean {
  return access === 'owner' || allowed[access].has(command)
}

/** Who may only look does not get the keys of the servers that it sees. */
export function forReading(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(forReading)
  if (answer === null || typeof answer !== 'object') return answer
  const isEndpoint = 'transport' in answer && 'token' in answer
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([field]) => !(isEndpoint && field === 'token'))
      .map(([field, value]) => [field, forReading(value)]),
  )
}
