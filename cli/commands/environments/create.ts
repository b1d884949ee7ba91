import { gpuBackends } from '../../../contract/index.ts'
import { choice, required, rest, text, texts } from '../../inputs.ts'
import { environmentFields } from '../../tables/environments.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const createEnvironment = verb({
  words: ['venv create'],
  summary: 'Make an environment',
  commands: ['environments.create'],
  inputs: {
    name: required('name', 'what to call it; spaces and accents are fine'),
    specs: rest('spec', 'packages to install, such as numpy or "pandas>=2.2"'),
    runtime: text('--runtime <id>', 'the Python it stands on; else the default one'),
    packages: texts('--package <spec>', 'the same as a bare SPEC; may be repeated'),
    gpu: choice('--gpu <backend>', 'whose packages to take, where there are several builds', gpuBackends),
    profiles: texts('--profile <id>', 'a set of packages, as `profiles list` shows; may be repeated'),
  },
  async run({ run }, { name, specs, runtime, packages, profiles, gpu }) {
    const environment = await run('environments.create', {
      name,
      packages: [...packages, ...specs],
      profiles: [...profiles],
      ...(gpu === undefined ? {} : { gpu }),
      ...(runtime === undefined ? {} : { runtime }),
    })
    return { json: environment, text: `Made "${visible(environment.name)}"\n${environmentFields(environment)}` }
  },
})
