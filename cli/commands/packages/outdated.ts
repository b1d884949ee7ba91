import { required } from '../../inputs.ts'
import { outdatedTable } from '../../tables/packages.ts'
import { verb } from '../../verb.ts'

export const outdatedPackages = verb({
  words: ['venv outdated', 'packages outdated'],
  summary: 'List the packages that have a newer version',
  commands: ['packages.outdated'],
  inputs: { name: required('name', 'which environment') },
  async run({ run }, { name }) {
    const outdated = await run('packages.outdated', { name })
    return { json: outdated, text: outdatedTable(outdated) }
  },
})
