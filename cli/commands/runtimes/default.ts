import { required } from '../../inputs.ts'
import { runtimeFields } from '../../tables/runtimes.ts'
import { verb } from '../../verb.ts'

export const defaultRuntime = verb({
  words: ['runtimes default'],
  summary: 'Choose the Python that new environments stand on',
  commands: ['runtimes.setDefault'],
  inputs: { id: required('id', 'as `runtimes list` shows it') },
  async run({ call }, { id }) {
    const runtime = await call('runtimes.setDefault', { id })
    return { json: runtime, text: `Python ${runtime.version} is the default now\n${runtimeFields(runtime)}` }
  },
})
