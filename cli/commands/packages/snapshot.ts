import { required, text } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const takeSnapshot = verb({
  words: ['packages snapshot', 'venv snapshot'],
  summary: 'Keep the packages of an environment as they are now',
  commands: ['packages.snapshot'],
  inputs: {
    name: required('name', 'which environment'),
    note: text('--note <text>', 'what it is for'),
  },
  async run({ run }, { name, note }) {
    const kept = await run('packages.snapshot', { name, ...(note === undefined ? {} : { note }) })
    const count = kept.packages.length === 1 ? '1 package' : `${kept.packages.length} packages`
    return { json: kept, text: `Kept ${count} of "${visible(name)}" as ${kept.id}` }
  },
})
