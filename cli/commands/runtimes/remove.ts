import { required } from '../../inputs.ts'
import { bytes } from '../../text/units.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const removeRuntime = verb({
  words: ['runtimes remove'],
  summary: 'Remove a Python that this product installed',
  commands: ['runtimes.remove'],
  inputs: { id: required('id', 'as `runtimes list` shows it') },
  async run({ run }, { id }) {
    const removed = await run('runtimes.remove', { id })
    return { json: removed, text: `Removed ${visible(removed.id)}, which frees ${bytes(removed.freedBytes)}` }
  },
})
