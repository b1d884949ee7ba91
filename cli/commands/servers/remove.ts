import { required } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const removeServer = verb({
  words: ['servers remove'],
  summary: 'Forget a stopped server and its logs',
  commands: ['servers.remove'],
  inputs: { name: required('name', 'which one') },
  async run({ call }, { name }) {
    const removed = await call('servers.remove', { name })
    return { json: removed, text: `Forgot "${visible(removed.name)}"` }
  },
})
