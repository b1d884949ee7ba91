import { installerFields } from '../../tables/installer.ts'
import { verb } from '../../verb.ts'

export const showInstaller = verb({
  words: ['installer', 'installer show'],
  summary: 'Show what installs packages: uv or pip',
  commands: ['installer.show'],
  inputs: {},
  more: '`beep-host config set installer uv|pip|auto` chooses; `auto` takes uv where there is one, and pip otherwise.',
  async run({ call }) {
    const report = await call('installer.show', {})
    return { json: report, text: installerFields(report) }
  },
})
