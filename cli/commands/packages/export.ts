import { flag, required, text } from '../../inputs.ts'
import { saveFile } from '../../save-file.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const exportPackages = verb({
  words: ['venv export', 'packages export'],
  summary: 'Write down the packages of an environment as a requirements file',
  commands: ['packages.export', 'packages.lock'],
  inputs: {
    name: required('name', 'which environment'),
    lock: flag('--lock', 'with the hashes of their files, which the index is asked for'),
    output: text('-o, --output <file>', 'where to; else stdout'),
  },
  async run({ call, run, io }, { name, lock, output }) {
    const exported = lock ? await run('packages.lock', { name }) : await call('packages.export', { name })
    if (output === undefined) return { json: exported, text: visible(exported.text.trimEnd(), { multiline: true }) }
    const file = await saveFile(io, output, exported.text)
    const packages = exported.count === 1 ? '1 package' : `${exported.count} packages`
    return { json: { ...exported, path: file }, text: `Wrote ${packages} to ${visible(file)}` }
  },
})
