import { flag, required } from '../../inputs.ts'
import { textOfFile } from '../../stdin.ts'
import { profilesTable } from '../../tables/profiles.ts'
import { verb } from '../../verb.ts'

export const importProfiles = verb({
  words: ['profiles import'],
  summary: 'Add the profiles of a file, all of them or none',
  commands: ['profiles.import'],
  inputs: {
    file: required('file', 'as `profiles export` writes it; - reads stdin'),
    replace: flag('--replace', 'those of your own with the same ids give way'),
  },
  async run({ call, io }, { file, replace }) {
    const text = await textOfFile(io, file)
    const imported = await call('profiles.import', { text, replace })
    return { json: imported, text: profilesTable(imported) }
  },
})
