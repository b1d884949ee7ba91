import { required, text } from '../../inputs.ts'
import { environmentFields } from '../../tables/environments.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const ensureEnvironment = verb({
  words: ['venv ensure'],
  summary: 'Make the environment of a provider, or make it whole; nothing happens where it is as it must be',
  commands: ['environments.ensure'],
  inputs: {
    provider: required('provider', 'whom it is for; a profile that is called like it brings the packages'),
    model: text('--model <id>', 'an environment for this model alone, such as org/model'),
  },
  async run({ run }, { provider, model }) {
    const environment = await run('environments.ensure', { provider, ...(model === undefined ? {} : { model }) })
    return { json: environment, text: `"${visible(environment.name)}" is there\n${environmentFields(environment)}` }
  },
})
