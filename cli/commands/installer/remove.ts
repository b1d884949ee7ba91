import { bytes } from '../../text/units.ts'
import { verb } from '../../verb.ts'

export const removeUv = verb({
  words: ['installer remove'],
  summary: 'Remove the uv that `installer get` has brought',
  commands: ['installer.removeUv'],
  inputs: {},
  more: 'A uv that is on this machine for other reasons stays. pip goes on doing the same, more slowly.',
  async run({ run }) {
    const removed = await run('installer.removeUv', {})
    const text = `Removed uv ${removed.versions.join(', ')}, which frees ${bytes(removed.freedBytes)}`
    return { json: removed, text }
  },
})
