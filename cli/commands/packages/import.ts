import { flag, required } from '../../inputs.ts'
import { textOfFile } from '../../stdin.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const importPackages = verb({
  words: ['venv import', 'packages import'],
  summary: 'Install what a requirements file lists',
  commands: ['packages.import'],
  inputs: {
    name: required('name', 'which environment'),
    file: required('file', 'a requirements file; - reads stdin'),
    unverified: flag('--unverified', 'keep it even if a package cannot be imported then, or does not fit the others'),
  },
  more: 'A file with hashes must have them for every package; then nothing else is installed. Names, versions, extras, markers and comments. A line with an option, an address or a path is refused, before anything is done.',
  async run({ run, io }, { name, file, unverified }) {
    const environment = await run('packages.import', { name, text: await textOfFile(io, file), verify: !unverified })
    const from = file === '-' ? 'stdin' : visible(file)
    return { json: environment, text: `Installed what ${from} lists into "${visible(environment.name)}"` }
  },
})
