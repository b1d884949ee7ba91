import { text } from '../../inputs.ts'
import { saveFile } from '../../save-file.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const exportSettings = verb({
  words: ['config export'],
  summary: 'Write the settings down as a file, without passwords',
  commands: ['settings.export'],
  inputs: { output: text('-o, --output <file>', 'where to; else stdout') },
  async run({ call, io }, { output }) {
    const exported = await call('settings.export', {})
    if (output === undefined) return { json: exported, text: visible(exported.text.trimEnd(), { multiline: true }) }
    const file = await saveFile(io, output, exported.text, { nameInFolder: exported.name })
    return { json: { ...exported, path: file }, text: `Wrote the settings to ${visible(file)}` }
  },
})
