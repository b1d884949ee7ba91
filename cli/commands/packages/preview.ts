import { required, requiredChoice, rest } from '../../inputs.ts'
import { changesTable, missedNotes } from '../../tables/packages.ts'
import { verb } from '../../verb.ts'

export const previewPackages = verb({
  words: ['venv preview', 'packages preview'],
  summary: 'Tell what a change of packages would do, and change nothing',
  commands: ['packages.preview'],
  inputs: {
    action: requiredChoice('action', 'install, upgrade or uninstall', ['install', 'upgrade', 'uninstall']),
    name: required('name', 'which environment'),
    specs: rest('spec', 'packages; with upgrade, none means all that are out of date'),
  },
  async run({ run }, { action, name, specs }) {
    const changes = await run('packages.preview', { name, action, packages: [...specs] })
    return { json: changes, text: changesTable(changes), notes: missedNotes(changes) }
  },
})
