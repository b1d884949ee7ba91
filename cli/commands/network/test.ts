import { exitCodes } from '../../../contract/index.ts'
import { networkTestTable } from '../../tables/network.ts'
import { verb } from '../../verb.ts'

export const testNetwork = verb({
  words: ['network test'],
  summary: 'Ask every host that Pythons and packages come from, and tell how it went',
  commands: ['network.test'],
  inputs: {},
  more: 'Ends with code 1 when a host could not be reached.',
  async run({ run }) {
    const rows = await run('network.test', {})
    const hasFailed = rows.some(({ outcome }) => outcome === 'failed')
    return { json: rows, text: networkTestTable(rows), exitCode: hasFailed ? exitCodes.failed : exitCodes.done }
  },
})
