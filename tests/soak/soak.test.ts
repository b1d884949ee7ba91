import { expect, test } from 'vitest'
import { soak } from './soak.ts'

// `npm run soak` does the same for longer. Linux alone tells what a process holds.
test.skipIf(process.platform !== 'linux')(
  'under everything at once, each call is answered or says why not, and nothing is left behind',
  async () => {
    const { violations, calls, rounds } = await soak({ seed: 'suite', forMs: 12_000 })
    expect(violations).toEqual([])
    expect(rounds).toBeGreaterThan(0)
    expect(calls).toBeGreaterThan(rounds * 100)
  },
  300_000,
)
