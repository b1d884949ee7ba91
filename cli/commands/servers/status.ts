import { required } from '../../inputs.ts'
import { serverFields } from '../../tables/servers.ts'
import { verb } from '../../verb.ts'

export const serverStatus = verb({
  words: ['servers status'],
  summary: 'Show one server',
  commands: ['servers.get'],
  inputs: { name: required('name', 'which one') },
  async run({ call }, { name }) {
    const server = await call('servers.get', { name })
    return { json: server, text: serverFields(server) }
  },
})
