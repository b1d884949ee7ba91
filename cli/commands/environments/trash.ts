import { flag } from '../../inputs.ts'
import { trashTable } from '../../tables/environments.ts'
import { bytes } from '../../text/units.ts'
import { verb } from '../../verb.ts'

export const trash = verb({
  words: ['venv trash'],
  summary: 'List the deleted environments that can be brought back',
  commands: ['environments.trash', 'environments.emptyTrash'],
  inputs: { empty: flag('--empty', 'delete all of them for good') },
  more: 'A running host deletes them for good when their time is over.',
  async run({ call, run }, { empty }) {
    if (empty) {
      const emptied = await run('environments.emptyTrash', {})
      return { json: emptied, text: `Emptied the trash, which frees ${bytes(emptied.freedBytes)}` }
    }
    const trashed = await call('environments.trash', {})
    return { json: trashed, text: trashTable(trashed) }
  },
})
