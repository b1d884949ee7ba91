import { flag } from '../../inputs.ts'
import { catalogTable } from '../../tables/runtimes.ts'
import { verb } from '../../verb.ts'

export const listCatalog = verb({
  words: ['runtimes catalog'],
  summary: 'List the Pythons that can be downloaded for this machine',
  commands: ['runtimes.catalog', 'runtimes.measure'],
  inputs: { measure: flag('--measure', 'ask the mirrors how large those are whose size is not known') },
  async run({ call, run }, { measure }) {
    const entries = measure ? await run('runtimes.measure', {}) : await call('runtimes.catalog', {})
    return { json: entries, text: catalogTable(entries) }
  },
})
