import path from 'node:path'
import { bundleMachines } from '../../../contract/index.ts'
import { choice, flag, required, rest, text, texts } from '../../inputs.ts'
import { fields } from '../../text/table.ts'
import { bytes } from '../../text/units.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const createBundle = verb({
  words: ['bundle create'],
  summary: 'Put a Python and packages into one file, for a machine without a network',
  commands: ['bundles.create'],
  inputs: {
    file: required('file', 'the file to write, such as offline.beep-bundle'),
    packages: rest('package', 'such as numpy or "pandas>=2"; all that they need comes along'),
    profile: texts('--profile <id>', 'the packages of a profile, as `profiles` lists them; may be repeated'),
    version: text('--version <version>', 'of Python, such as 3.12; else the newest'),
    for: choice(
      '--for <machine>',
      `another kind of machine, with the help of uv: ${bundleMachines.join(', ')}`,
      bundleMachines,
    ),
    withoutFronts: flag('--without-fronts', 'without what HTTP and gRPC servers need'),
  },
  more: 'For machines like this one, unless --for names others. There: `beep-host bundle import FILE`, then `beep-host config set offline true`.',
  async run({ run, io }, { file, packages, profile, version, for: machine, withoutFronts }) {
    const made = await run('bundles.create', {
      path: path.resolve(io.cwd, file),
      packages: [...packages],
      profiles: [...profile],
      withFronts: !withoutFronts,
      ...(version === undefined ? {} : { version }),
      ...(machine === undefined ? {} : { for: machine }),
    })
    const { manifest } = made
    const facts = fields([
      ['Python', manifest.python.version],
      ['for', manifest.triple],
      ['wheels', String(manifest.wheels.length)],
      ['size', bytes(made.bytes)],
      ['sha256', made.sha256],
    ])
    return { json: made, text: `Wrote ${visible(made.path)}\n${facts}` }
  },
})
