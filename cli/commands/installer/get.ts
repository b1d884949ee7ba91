import { installerFields } from '../../tables/installer.ts'
import { verb } from '../../verb.ts'

export const getUv = verb({
  words: ['installer get'],
  summary: 'Get uv, which installs packages faster than pip',
  commands: ['installer.installUv'],
  inputs: {},
  more: [
    'The newest that the package index has, into the data root; what the settings say of network and index holds.',
    'Again, it gets a newer one. Where this machine has a usable uv of its own, that one is used, and nothing is done.',
  ].join('\n'),
  async run({ run }) {
    const report = await run('installer.installUv', {})
    const { inEffect, own, setting, isChanged } = report
    const isMachines = own === null || (inEffect?.tool === 'uv' && inEffect.origin !== 'own')
    const notes = [
      ...(isChanged ? [] : [isMachines ? 'This machine has one' : 'It is the newest']),
      ...(own && setting === 'pip'
        ? ['The settings say pip; `beep-host config set installer auto` lets uv be used']
        : []),
    ]
    return { json: report, text: installerFields(report), notes }
  },
})
