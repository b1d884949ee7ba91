import { environmentsTable } from '../../tables/environments.ts'
import { verb } from '../../verb.ts'

export const listEnvironments = verb({
  words: ['venv list'],
  summary: 'List the environments',
  commands: ['environments.list'],
  inputs: {},
  async run({ call }) {
    const environments = await call('environments.list', {})
    return { json: environments, text: environmentsTable(environments) }
  },
})
