import { bytes } from '../../text/units.ts'
import { verb } from '../../verb.ts'

export const pruneCache = verb({
  words: ['cache prune', 'storage prune'],
  summary: 'Delete downloads that can be had again, and what interrupted work has left',
  commands: ['storage.prune'],
  inputs: {},
  more: 'What somebody works with stays; offline, so do the archives of Pythons.',
  async run({ run }) {
    const pruned = await run('storage.prune', {})
    const files = pruned.removed.length === 1 ? '1 thing' : `${pruned.removed.length} things`
    const text =
      pruned.removed.length === 0
        ? 'There is nothing to delete'
        : `Deleted ${files}, which frees ${bytes(pruned.freedBytes)}`
    return { json: pruned, text }
  },
})
