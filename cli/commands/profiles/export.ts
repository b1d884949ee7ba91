import { rest, text } from '../../inputs.ts'
import { saveFile } from '../../save-file.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const exportProfiles = verb({
  words: ['profiles export'],
  summary: 'Write profiles down as one file to share, with those of your own that they include',
  commands: ['profiles.export'],
  inputs: {
    ids: rest('id', 'which profiles', true),
    output: text('-o, --output <file>', 'where to; else stdout'),
  },
  async run({ call, io }, { ids, output }) {
    const exported = await call('profiles.export', { ids: [...ids] })
    if (output === undefined) return { json: exported, text: visible(exported.text.trimEnd(), { multiline: true }) }
    const file = await saveFile(io, output, exported.text)
    return { json: { ...exported, path: file }, text: `Wrote ${exported.ids.join(', ')} to ${visible(file)}` }
  },
})
