import { flag, required } from '../../inputs.ts'
import { textOfFile } from '../../stdin.ts'
import { verb } from '../../verb.ts'
import { differencesTable } from './values.ts'

export const importSettings = verb({
  words: ['config import'],
  summary: 'Take the settings of a file, all of them or none; what it does not say stays',
  commands: ['settings.preview', 'settings.import'],
  inputs: {
    file: required('file', 'as `config export` writes it; - reads stdin'),
    preview: flag('--preview', 'only tells what would change'),
  },
  async run({ call, io }, { file, preview }) {
    const text = await textOfFile(io, file)
    const effect = preview ? await call('settings.preview', { text }) : await call('settings.import', { text })
    const { changes, unknown } = effect
    const left = `Left out, since this version does not know them: ${unknown.join(', ')}`
    return {
      json: effect,
      text: changes.length === 0 ? 'Every setting is as the file has it' : differencesTable(changes),
      notes: [...(unknown.length === 0 ? [] : [left]), ...(preview ? ['Nothing was changed.'] : [])],
    }
  },
})
