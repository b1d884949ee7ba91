import { networkFields } from '../../tables/network.ts'
import { verb } from '../../verb.ts'

export const showNetwork = verb({
  words: ['network show'],
  summary: 'Show proxy, certificates and package sources as they are in effect, and why',
  commands: ['network.show'],
  inputs: {},
  more: 'What is set: `beep-host config set proxy|proxyUrl|noProxy|extraCa|pythonMirror|packageIndex|offline …`.',
  async run({ call }) {
    const network = await call('network.show', {})
    return { json: network, text: networkFields(network) }
  },
})
