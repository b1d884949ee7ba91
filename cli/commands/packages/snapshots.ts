import { required, text } from '../../inputs.ts'
import { snapshotsTable } from '../../tables/packages.ts'
import { bytes } from '../../text/units.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const listSnapshots = verb({
  words: ['packages snapshots', 'venv snapshots'],
  summary: 'List what the packages of an environment were before its changes',
  commands: ['packages.snapshots', 'packages.removeSnapshot'],
  inputs: {
    name: required('name', 'which environment'),
    remove: text('--remove <id>', 'delete this one'),
  },
  more: 'One is taken before each change of packages. `beep-host packages rollback NAME ID` goes back to one.',
  async run({ call, run }, { name, remove }) {
    if (remove !== undefined) {
      const removed = await run('packages.removeSnapshot', { name, snapshot: remove })
      return { json: removed, text: `Deleted ${visible(remove)}, which frees ${bytes(removed.freedBytes)}` }
    }
    const snapshots = await call('packages.snapshots', { name })
    return { json: snapshots, text: snapshotsTable(snapshots) }
  },
})
