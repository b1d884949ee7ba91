import { flag } from '../../inputs.ts'
import { runtimesTable } from '../../tables/runtimes.ts'
import { verb } from '../../verb.ts'

export const listRuntimes = verb({
  words: ['runtimes list'],
  summary: 'List the Pythons on this machine',
  commands: ['runtimes.list'],
  inputs: { refresh: flag('--refresh', 'look at every one of them again') },
  async run({ call }, { refresh }) {
    const runtimes = await call('runtimes.list', { refresh })
    return { json: runtimes, text: runtimesTable(runtimes) }
  },
})
