import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import { rest, text } from '../../inputs.ts'
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
    const file = path.resolve(io.cwd, output)
    await writeFile(file, exported.text).catch((error: unknown) => {
      throw new AppError('PATH_UNUSABLE', `Could not write ${file}: ${(error as Error).message}`, {
        details: { path: file },
      })
    })
    return { json: { ...exported, path: file }, text: `Wrote ${exported.ids.join(', ')} to ${visible(file)}` }
  },
})
