import type { Runtime, Snapshot } from '../../../contract/index.ts'
import { environmentsTable } from '../../tables/environments.ts'
import { jobsTable } from '../../tables/jobs.ts'
import { runtimesTable } from '../../tables/runtimes.ts'
import { serversTable } from '../../tables/servers.ts'
import { verb } from '../../verb.ts'
import { hostFields } from './status.ts'

export const status = verb({
  words: ['status'],
  summary: 'Show the host, its servers, environments and Pythons',
  commands: ['host.snapshot'],
  inputs: {},
  async run({ call }) {
    const snapshot = await call('host.snapshot', {})
    return { json: snapshot, text: overview(snapshot) }
  },
})

function overview({ host, runtimes, environments, servers, jobs }: Snapshot): string {
  const running = jobs.filter(({ state }) => state === 'running')
  const used = runtimesInUse(runtimes, environments)
  const more = runtimes.length - used.length
  const sections: (readonly [string, string])[] = [
    ['Host', hostFields(host)],
    ['Servers', serversTable(servers)],
    ['Environments', environmentsTable(environments)],
    [
      'Pythons',
      used.length === 0 && more > 0 ? 'None is in use yet; `beep-host init` chooses one' : runtimesTable(used),
    ],
    ...(running.length === 0 ? [] : [['Under way', jobsTable(running)] as const]),
  ]
  const text = sections.map(([title, body]) => `${title}\n${indented(body)}`).join('\n\n')
  return more > 0 ? `${text}\n  and ${more} more on this machine: \`beep-host runtimes list\`` : text
}

/** The ones that matter here: ours, the default, and those that an environment stands on. */
function runtimesInUse(runtimes: readonly Runtime[], environments: Snapshot['environments']): Runtime[] {
  const stoodOn = new Set(environments.map(({ runtime }) => runtime))
  return runtimes.filter(({ id, source, isDefault }) => source === 'managed' || isDefault || stoodOn.has(id))
}

function indented(text: string): string {
  return text.replace(/^/gmu, '  ')
}
