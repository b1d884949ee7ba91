import { gpuBackends } from '../../../contract/index.ts'
import { choice, required, text } from '../../inputs.ts'
import { environmentFields } from '../../tables/environments.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const ensureEnvironment = verb({
  words: ['venv ensure'],
  summary: 'Make the environment of a provider, or make it whole; nothing happens where it is as it must be',
  commands: ['environments.ensure'],
  inputs: {
    provider: required('provider', 'whom it is for; a profile that is for it brings the packages'),
    model: text('--model <id>', 'an environment for this model alone, such as org/model'),
    gpu: choice('--gpu <backend>', 'whose packages to take, where there are several builds', gpuBackends),
  },
  async run({ run }, { provider, model, gpu }) {
    const environment = await run('environments.ensure', {
      provider,
      ...(model === undefined ? {} : { model }),
      ...(gpu === undefined ? {} : { gpu }),
    })
    return { json: environment, text: `"${visible(environment.name)}" is there\n${environmentFields(environment)}` }
  },
})
