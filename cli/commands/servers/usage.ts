import { required } from '../../inputs.ts'
import { table } from '../../text/table.ts'
import { bytes, localTime } from '../../text/units.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const serverUsage = verb({
  words: ['servers usage'],
  summary: 'Show the processor time and memory that a server took lately',
  commands: ['servers.usage'],
  inputs: { name: required('name', 'which one') },
  more: 'Measured while somebody looks, and for a while after a question: ask again for more of it.',
  async run({ call }, { name }) {
    const samples = await call('servers.usage', { name })
    if (samples.length === 0) return { json: samples, text: '', notes: [`"${visible(name)}" is not running`] }
    const text = table(samples, [
      { title: 'time', cell: ({ at }) => localTime(at) },
      { title: 'cores', cell: ({ cpu }) => cpu.toFixed(2), align: 'right' },
      { title: 'memory', cell: ({ memoryBytes }) => bytes(memoryBytes), align: 'right' },
    ])
    return { json: samples, text }
  },
})
