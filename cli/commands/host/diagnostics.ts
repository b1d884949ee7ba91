import { AppError } from '../../../contract/index.ts'
import type { Diagnostics } from '../../../contract/index.ts'
import { optional } from '../../inputs.ts'
import { saveFile } from '../../save-file.ts'
import type { Io } from '../../io.ts'
import { table } from '../../text/table.ts'
import { bytes } from '../../text/units.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const diagnostics = verb({
  words: ['diagnostics'],
  summary: 'Look at what `doctor --save FILE` would write',
  commands: ['diagnostics.collect'],
  inputs: { file: optional('file', 'shows the text of that one of them') },
  more: 'Tokens, passwords and keys are masked, the home folder is shown as ~. Nothing is written, and nothing is sent to anybody.',
  async run({ call }, { file }) {
    const found = await call('diagnostics.collect', {})
    if (file === undefined) {
      return {
        json: { name: found.name, files: found.files },
        text: filesTable(found),
        notes: [
          '`beep-host diagnostics FILE` shows one of them, `beep-host doctor --save FILE.zip` saves them.',
          notSent,
        ],
      }
    }
    const one = found.files.find(({ name }) => name === file)
    if (!one) {
      throw new AppError('NOT_FOUND', `The diagnostics have no file ${JSON.stringify(file)}`, {
        hint: '`beep-host diagnostics` lists those that there are.',
      })
    }
    return { json: one, text: visible(one.text.trimEnd(), { multiline: true }) }
  },
})

export const notSent =
  'It has been sent to nobody. Logs hold what your programs have printed: read them before you pass it on.'

export function filesTable({ files }: Diagnostics): string {
  return table(files, [
    { title: 'file', cell: ({ name }) => name },
    { title: 'size', cell: (one) => bytes(one.bytes), align: 'right' },
    { title: 'what', cell: ({ title }) => title },
  ])
}

/** Writes them down as one file. @returns where. @throws PATH_UNUSABLE */
export async function saveDiagnostics(io: Io, place: string, found: Diagnostics): Promise<string> {
  const data = Buffer.from(found.archive, 'base64')
  return saveFile(io, place, data, { nameInFolder: found.name, isPrivate: true })
}
