import path from 'node:path'
import { flag, required, text } from '../../inputs.ts'
import { runtimeFields } from '../../tables/runtimes.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const importBundle = verb({
  words: ['bundle import'],
  summary: 'Take a Python and packages from a file that `bundle create` has made',
  commands: ['bundles.import', 'settings.update'],
  inputs: {
    file: required('file', 'the bundle'),
    sha256: text('--sha256 <hash>', 'what the whole file must hash to, as `bundle create` told'),
    offline: flag('--offline', 'from now on nothing is asked of any network'),
  },
  async run({ call, run, io }, { file, sha256, offline }) {
    const params = { path: path.resolve(io.cwd, file), ...(sha256 === undefined ? {} : { sha256 }) }
    const imported = await run('bundles.import', params)
    if (offline) await call('settings.update', { offline: true })
    const { manifest, runtime, newWheels } = imported
    const wheels = `${newWheels} of its ${manifest.wheels.length} wheels are new`
    return {
      json: imported,
      text: `Imported ${visible(path.basename(file))}: ${wheels}\n${runtimeFields(runtime)}`,
      notes: offline ? [] : ['Without a network: `beep-host config set offline true`'],
    }
  },
})
