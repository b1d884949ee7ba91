import { flag } from '../../inputs.ts'
import { gpuText } from '../../tables/gpu.ts'
import { verb } from '../../verb.ts'

export const hostGpu = verb({
  words: ['gpu', 'host gpu'],
  summary: 'Tell which GPU back end packages are chosen for',
  commands: ['gpu.get'],
  inputs: { refresh: flag('--refresh', 'looks again, instead of telling what was found before') },
  more: '`beep-host settings set gpuBackend cpu` forces one, `auto` takes what is found.',
  async run({ call }, { refresh }) {
    const report = await call('gpu.get', { refresh })
    return { json: report, text: gpuText(report) }
  },
})
