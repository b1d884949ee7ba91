// `npm run soak -- --minutes 10 --seed 7 [--from ROUND]`: servers of all transports under everything at once, and the figures.
import { parseArgs } from 'node:util'
import { figuresOf } from './figures.ts'
import { soak } from './soak.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now()) },
    from: { type: 'string', default: '1' },
  },
})
console.log(`seed ${values.seed}`)
const report = await soak({
  seed: values.seed,
  forMs: Number(values.minutes) * 60_000,
  from: Number(values.from),
  onRound: (line) => console.log(line),
})
console.log(`\n${figuresOf(report)}`)
process.exitCode = report.violations.length === 0 ? 0 : 1
