// `npm run soak -- --minutes 10 --seed 7 [--from ROUND]`: servers of all transports under everything at once, and the figures.
import { parseArgs } from 'node:util'
import { soak } from './soak.ts'
import type { SoakReport } from './soak.ts'

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
print(report)
process.exitCode = report.violations.length === 0 ? 0 : 1

function print({ rounds, calls, marks, hazards, ends, growth, abandoned, own, violations }: SoakReport): void {
  console.log(`\n${rounds} rounds, ${calls} calls, ${marks} of them left a mark`)
  for (const [what, times] of [...hazards].sort()) console.log(`  ${what.padEnd(20)} ${times}`)
  console.log('\nhow calls ended')
  for (const [what, kinds] of [...ends].sort())
    console.log(`  ${what.padEnd(44)} ${[...kinds].map(([end, times]) => `${end} ${times}`).join(', ')}`)
  console.log('\nprocesses at rest, first and last')
  const mega = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`
  for (const { who, first, last, inspections } of growth)
    console.log(
      `  ${who.padEnd(12)} ${`${inspections} looks`.padEnd(10)} ${mega(first.residentBytes)} → ${mega(last.residentBytes)}, ` +
        `descriptors ${first.descriptors} → ${last.descriptors}, threads ${first.threads} → ${last.threads}`,
    )
  console.log(`  ${'clients'.padEnd(23)} descriptors ${own.join(' → ')}`)
  console.log(`  ${'left by hang-ups'.padEnd(23)} objects ${abandoned}`)
  console.log(violations.length === 0 ? '\nnothing wrong' : `\nWRONG (${violations.length}):\n${violations.join('\n')}`)
}
