import type { HostInfo } from '../../../contract/index.ts'
import { fields } from '../../text/table.ts'
import { localTime } from '../../text/units.ts'
import { verb } from '../../verb.ts'

export const hostStatus = verb({
  words: ['host status'],
  summary: 'Tell whether a host is running, and which',
  commands: ['host.info'],
  inputs: {},
  async run({ call }) {
    const info = await call('host.info', {})
    return { json: info, text: hostFields(info) }
  },
})

export function hostFields(info: HostInfo): string {
  return fields([
    ['state', info.running ? `running, pid ${info.pid}` : 'not running'],
    ...(info.startedAt === null ? [] : [['started', localTime(info.startedAt)] as const]),
    ['data root', info.home],
    ['version', `${info.version} on Node ${info.node}, ${info.platform}`],
  ])
}
