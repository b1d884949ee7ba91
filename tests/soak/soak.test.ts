import { expect, test } from 'vitest'
import { soak } from './soak.ts'

// Four rounds of this seed have every mishap at every transport, however slow the machine is. `npm run soak` does the same for longer.
// Linux alone tells what a process holds.
test.skipIf(process.platform !== 'linux')(
  'under everything at once, each call is answered or says why not, and nothing is left behind',
  async () => {
    const { violations, calls, rounds, hazards } = await soak({ seed: 'suite 578', rounds: 4 })
    expect(violations).toEqual([])
    expect(rounds).toBe(4)
    expect(calls).toBeGreaterThan(rounds * 100)
    const mishaps = ['pipe', 'http', 'rpc'].flatMap((transport) =>
      ['worker', 'server', 'hang-up'].map((hazard) => `${transport}: ${hazard}`),
    )
    expect([...hazards.keys()]).toEqual(expect.arrayContaining(mishaps))
  },
  300_000,
)
