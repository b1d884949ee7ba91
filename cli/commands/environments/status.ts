import { required } from '../../inputs.ts'
import { environmentFields } from '../../tables/environments.ts'
import { verb } from '../../verb.ts'

export const environmentStatus = verb({
  words: ['venv status'],
  summary: 'Show one environment',
  commands: ['environments.get'],
  inputs: { name: required('name', 'which one') },
  async run({ call }, { name }) {
    const environment = await call('environments.get', { name })
    return { json: environment, text: environmentFields(environment) }
  },
})
