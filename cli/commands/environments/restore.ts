import type { TrashedEnvironment } from '../../../contract/index.ts'
import { required } from '../../inputs.ts'
import { environmentFields } from '../../tables/environments.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const restoreEnvironment = verb({
  words: ['venv restore'],
  summary: 'Bring a deleted environment back',
  commands: ['environments.trash', 'environments.restore'],
  inputs: {
    which: required('name|id', 'as `venv trash` shows it; of several with one name, the last that was deleted'),
  },
  async run({ call, run }, { which }) {
    const id = idOf(await call('environments.trash', {}), which)
    const environment = await run('environments.restore', { id })
    return { json: environment, text: `Brought "${visible(environment.name)}" back\n${environmentFields(environment)}` }
  },
})

/** The entry that is meant: an id, or a name. What fits neither is handed on, for core to say what there is. */
export function idOf(trashed: readonly TrashedEnvironment[], which: string): string {
  const name = which.normalize('NFC')
  const found = trashed.find(({ id }) => id === which) ?? trashed.find((one) => one.name === name)
  return found?.id ?? which
}
