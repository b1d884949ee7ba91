import type { Job } from '../../contract/index.ts'

/** `code`: runs of code, of which there may be hundreds. `look`: changes nothing, and only who asked wants to know. */
export type JobKind = 'work' | 'look' | 'code'

const looking: ReadonlySet<string> = new Set([
  'packages.preview',
  'packages.outdated',
  'packages.lock',
  'runtimes.measure',
  'storage.usage',
  'network.test',
])

export function jobKind({ command }: Pick<Job, 'command'>): JobKind {
  if (command === 'servers.execute') return 'code'
  return looking.has(command) ? 'look' : 'work'
}
