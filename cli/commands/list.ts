import { choice } from '../inputs.ts'
import { environmentsTable } from '../tables/environments.ts'
import { runtimesTable } from '../tables/runtimes.ts'
import { serversTable } from '../tables/servers.ts'
import { verb } from '../verb.ts'

export const list = verb({
  words: ['list'],
  summary: 'List servers, environments or runtimes',
  commands: ['servers.list', 'environments.list', 'runtimes.list'],
  inputs: {
    what: choice('[what]', 'servers (the usual), environments or runtimes', ['servers', 'environments', 'runtimes']),
  },
  async run({ call }, { what = 'servers' }) {
    if (what === 'environments') {
      const environments = await call('environments.list', {})
      return { json: environments, text: environmentsTable(environments) }
    }
    if (what === 'runtimes') {
      const runtimes = await call('runtimes.list', {})
      return { json: runtimes, text: runtimesTable(runtimes) }
    }
    const servers = await call('servers.list', {})
    return { json: servers, text: serversTable(servers) }
  },
})
