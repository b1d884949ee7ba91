import { required } from '../../inputs.ts'
import { environmentFields } from '../../tables/environments.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const cloneEnvironment = verb({
  words: ['venv clone'],
  summary: 'Make an environment with the very packages of another one',
  commands: ['environments.clone'],
  inputs: {
    name: required('name', 'which one'),
    as: required('as', 'what to call the new one'),
  },
  more: 'On the same Python, from the files that are there: no network is needed.',
  async run({ run }, { name, as }) {
    const environment = await run('environments.clone', { name, as })
    const title = `Made "${visible(environment.name)}" from "${visible(name)}"`
    return { json: environment, text: `${title}\n${environmentFields(environment)}` }
  },
})
