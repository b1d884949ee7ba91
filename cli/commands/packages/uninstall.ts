import { required, rest } from '../../inputs.ts'
import { missedNotes } from '../../tables/packages.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const uninstallPackages = verb({
  words: ['venv uninstall', 'packages uninstall'],
  summary: 'Take packages out of an environment',
  commands: ['packages.uninstall', 'packages.preview'],
  inputs: {
    name: required('name', 'which environment'),
    packages: rest('package', 'their names, without versions', true),
  },
  more: 'Those and no others, whoever needs them; who does is said. `beep-host venv preview uninstall NAME PACKAGE` tells beforehand.',
  async run({ run }, { name, packages }) {
    const changes = await run('packages.preview', { name, action: 'uninstall', packages: [...packages] })
    const environment = await run('packages.uninstall', { name, packages: [...packages] })
    const gone = changes.map((change) => visible(change.name)).join(', ')
    return {
      json: environment,
      text: `Took ${gone} out of "${visible(environment.name)}"`,
      notes: missedNotes(changes),
    }
  },
})
