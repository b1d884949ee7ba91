import { environmentFields } from '../../tables/environments.ts'
import { verb } from '../../verb.ts'

export const ensureAdmin = verb({
  words: ['venv admin'],
  summary: 'Make or repair the admin environment, which http servers need',
  commands: ['environments.ensureAdmin'],
  inputs: {},
  more: 'Nothing of it is ever installed into the environments that your code runs in. Safe to repeat.',
  async run({ run }) {
    const environment = await run('environments.ensureAdmin', {})
    return { json: environment, text: `The admin environment is ready\n${environmentFields(environment)}` }
  },
})
