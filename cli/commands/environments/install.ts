import { flag, required, rest } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const installPackages = verb({
  words: ['venv install', 'packages install'],
  summary: 'Install packages into an environment',
  commands: ['packages.install'],
  inputs: {
    name: required('name', 'which environment'),
    specs: rest('spec', 'packages, such as numpy or "pandas>=2.2"', true),
    unverified: flag('--unverified', 'keep it even if a package cannot be imported then, or does not fit the others'),
  },
  async run({ run }, { name, specs, unverified }) {
    const environment = await run('packages.install', { name, packages: [...specs], verify: !unverified })
    const asked = specs.map((spec) => visible(spec)).join(', ')
    return { json: environment, text: `Installed ${asked} into "${visible(environment.name)}"` }
  },
})
