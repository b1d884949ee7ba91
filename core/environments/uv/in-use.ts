import { AppError } from '../../../contract/index.ts'
import type { CommandName, Job } from '../../../contract/index.ts'

/** Jobs that may call uv, each several times: one that it is taken from fails half-way. A start may make an environment. */
const callers: ReadonlySet<string> = new Set<CommandName>([
  'environments.create',
  'environments.ensure',
  'environments.ensureAdmin',
  'environments.clone',
  'environments.repair',
  'packages.install',
  'packages.import',
  'packages.upgrade',
  'packages.uninstall',
  'packages.outdated',
  'packages.lock',
  'packages.preview',
  'servers.start',
  'servers.startAll',
])

/** @throws IN_USE while one of our jobs may be at work with uv */
export function refuseWhileUsed(jobs: Iterable<Pick<Job, 'id' | 'command' | 'subject' | 'state'>>): void {
  for (const { id, command, subject, state } of jobs) {
    if (state !== 'running' || !callers.has(command)) continue
    throw new AppError('IN_USE', `uv may be at work: ${command} is under way on ${subject}`, {
      hint: 'Wait until it has ended, or cancel it, and try again.',
      details: { id, command, subject },
    })
  }
}
