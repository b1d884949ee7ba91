import { optional, required } from '../../inputs.ts'
import { changesTable } from '../../tables/packages.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const rollBack = verb({
  words: ['packages rollback', 'venv rollback'],
  summary: 'Bring the packages of an environment back to what they were',
  commands: ['packages.rollback'],
  inputs: {
    name: required('name', 'which environment'),
    snapshot: optional('id', 'which snapshot; else the newest'),
  },
  more: 'No network is asked. It can be undone: what was there before is kept as a snapshot, too.',
  async run({ run }, { name, snapshot }) {
    const back = await run('packages.rollback', { name, ...(snapshot === undefined ? {} : { snapshot }) })
    const head = `"${visible(back.name)}" is what it was at ${back.snapshot}`
    const files = back.altered.map((file) => visible(file)).join(', ')
    const undo = back.undo === null ? [] : [`Undo it: beep-host packages rollback ${visible(back.name)} ${back.undo}`]
    return {
      json: back,
      text: back.changes.length === 0 ? head : `${head}\n${changesTable(back.changes)}`,
      notes: [
        ...undo,
        ...(files === '' ? [] : [`Written into since then, and left as it is now: ${files}`]),
        ...back.usedBy.map(
          (server) => `Server ${visible(server)} goes on with what it has imported until it is restarted`,
        ),
      ],
    }
  },
})
