import { storageTable } from '../../tables/storage.ts'
import { verb } from '../../verb.ts'

export const storageUsage = verb({
  words: ['storage', 'storage usage'],
  summary: 'Tell what takes up how much space',
  commands: ['storage.usage'],
  inputs: {},
  async run({ run }) {
    const usage = await run('storage.usage', {})
    return { json: usage, text: storageTable(usage) }
  },
})
