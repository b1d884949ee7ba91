import { flag, required, rest } from '../../inputs.ts'
import { changesBetween } from '../../tables/packages.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const upgradePackages = verb({
  words: ['venv upgrade', 'packages upgrade'],
  summary: 'Bring packages up to date: those that are named, or all',
  commands: ['packages.upgrade', 'packages.list'],
  inputs: {
    name: required('name', 'which environment'),
    specs: rest('spec', 'packages, such as numpy or "pandas>=2.2"'),
    unverified: flag('--unverified', 'keep it even if a package cannot be imported then, or does not fit the others'),
  },
  more: 'As far as the packages that stay allow. `beep-host venv preview upgrade NAME` tells beforehand.',
  async run({ call, run }, { name, specs, unverified }) {
    const before = await call('packages.list', { name })
    const environment = await run('packages.upgrade', { name, packages: [...specs], verify: !unverified })
    const changes = changesBetween(before, await call('packages.list', { name }))
    const text = changes ?? `Everything in "${visible(environment.name)}" is up to date`
    return { json: environment, text }
  },
})
