import { required } from '../../inputs.ts'
import { bytes } from '../../text/units.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const removeEnvironment = verb({
  words: ['venv delete', 'venv remove'],
  summary: 'Delete an environment',
  commands: ['environments.remove'],
  inputs: { name: required('name', 'which one') },
  more: 'Refused while a server runs on it.',
  async run({ run }, { name }) {
    const removed = await run('environments.remove', { name })
    return { json: removed, text: `Deleted "${visible(removed.name)}", which frees ${bytes(removed.freedBytes)}` }
  },
})
