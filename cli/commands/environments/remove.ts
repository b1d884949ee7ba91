import { flag, required } from '../../inputs.ts'
import { bytes } from '../../text/units.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const removeEnvironment = verb({
  words: ['venv delete', 'venv remove'],
  summary: 'Delete an environment; for a day it can be brought back',
  commands: ['environments.remove'],
  inputs: {
    name: required('name', 'which one'),
    now: flag('--now', 'for good, which frees its space at once'),
  },
  more: 'Refused while a server runs on it. `beep-host venv trash` lists what can be brought back.',
  async run({ run }, { name, now }) {
    const removed = await run('environments.remove', { name, permanent: now })
    const shown = `Deleted "${visible(removed.name)}"`
    if (removed.trashId === null) return { json: removed, text: `${shown}, which frees ${bytes(removed.freedBytes)}` }
    return { json: removed, text: shown, notes: [`To have it back: \`beep-host venv restore ${removed.trashId}\``] }
  },
})
