import { catalogTable } from '../../tables/runtimes.ts'
import { verb } from '../../verb.ts'

export const listCatalog = verb({
  words: ['runtimes catalog'],
  summary: 'List the Pythons that can be downloaded for this machine',
  commands: ['runtimes.catalog'],
  inputs: {},
  async run({ call }) {
    const entries = await call('runtimes.catalog', {})
    return { json: entries, text: catalogTable(entries) }
  },
})
