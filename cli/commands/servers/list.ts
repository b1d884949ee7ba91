import { serversTable } from '../../tables/servers.ts'
import { verb } from '../../verb.ts'

export const listServers = verb({
  words: ['servers list'],
  summary: 'List the servers, running or not',
  commands: ['servers.list'],
  inputs: {},
  async run({ call }) {
    const servers = await call('servers.list', {})
    return { json: servers, text: serversTable(servers) }
  },
})
