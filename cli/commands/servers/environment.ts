import { required } from '../../inputs.ts'
import { table } from '../../text/table.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const serverEnvironment = verb({
  words: ['servers env', 'servers environment'],
  summary: 'Show the environment variables that the code of a server has',
  commands: ['servers.environment'],
  inputs: { name: required('name', 'which one') },
  more: 'And who set each (docs/control-api.md). Of a running server those that it was started with, of another one those that it would get now. Secrets are shown as ***.',
  async run({ call }, { name }) {
    const { running, variables } = await call('servers.environment', { name })
    const text = table(variables, [
      { title: 'name', cell: (one) => one.name },
      { title: 'from', cell: ({ from }) => from },
      { title: 'value', cell: ({ value }) => value },
    ])
    const notes = running ? [] : [`"${visible(name)}" is not running: this is what it would get now`]
    return { json: { running, variables }, text, notes }
  },
})
