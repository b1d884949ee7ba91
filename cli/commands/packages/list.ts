import { required } from '../../inputs.ts'
import { packagesTable } from '../../tables/packages.ts'
import { verb } from '../../verb.ts'

export const listPackages = verb({
  words: ['packages list', 'venv packages'],
  summary: 'List the packages of an environment',
  commands: ['packages.list'],
  inputs: { name: required('name', 'which environment') },
  async run({ call }, { name }) {
    const packages = await call('packages.list', { name })
    return { json: packages, text: packagesTable(packages) }
  },
})
