// `npm run bench`: every figure of docs/performance.md, from one run. Rounds of fresh processes, interleaved, so that whatever else
// the machine does hits everyone alike; only the ratios travel to another machine. `--write` puts the table into the page.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createCore } from '../../core/index.ts'
import { ensureTestPython, localPython } from '../tools/test-python.ts'
import { done, floatCount, startBareFastApi, startMinimal, startOurs } from './contenders.ts'
import type { Contender } from './contenders.ts'
import { inFlight, inSequence, median, quantile } from './measure.ts'

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, write: { type: 'boolean', default: false } },
})
const rounds = Number(options.rounds)
const page = path.resolve(import.meta.dirname, '../../docs/performance.md')

const figures = new Map<string, number[]>()
const note = (name: string, value: number) => figures.set(name, [...(figures.get(name) ?? []), value])
const figure = (name: string) => median(figures.get(name) ?? [])

async function measure(prefix: string, contender: Contender): Promise<void> {
  note(`${prefix} start`, contender.startMs)
  await inSequence(contender.evaluate, 2000)
  const times = await inSequence(contender.evaluate, 3000)
  note(`${prefix} p50`, median(times) * 1000)
  note(`${prefix} p99`, quantile(times, 0.99) * 1000)
  note(`${prefix} rps`, await inFlight(contender.evaluate, 8, 6000))
  if (contender.echo) {
    await inSequence(contender.echo, 500)
    const echoes = await inSequence(contender.echo, 3000)
    note('raw p50', median(echoes) * 1000)
    note('raw p99', quantile(echoes, 0.99) * 1000)
  }
  if (contender.floats) {
    await inSequence(contender.floats, 2)
    note(`${prefix} floats`, median(await inSequence(contender.floats, 10)))
  }
  await contender.stop()
}

async function measureEnvironments(python: string, folder: string, round: number): Promise<void> {
  const time = async (name: string, work: () => unknown) => {
    const start = performance.now()
    await work()
    note(name, performance.now() - start)
  }
  await time('venv module', () => execFileSync(python, ['-m', 'venv', path.join(folder, `module-${round}`)]))
  await time('venv module bare', () =>
    execFileSync(python, ['-m', 'venv', '--without-pip', path.join(folder, `bare-${round}`)]),
  )
  await time('venv ours', () => done(core, 'environments.create', { name: `bench-${round}` }))
}

const folder = mkdtempSync(path.join(tmpdir(), 'beep-bench-'))
const core = await createCore({ home: path.join(folder, 'home') })
try {
  const fastApiPython = ensureTestPython()
  const python = localPython()
  await done(core, 'runtimes.install', { source: { kind: 'system', path: python } })
  await done(core, 'environments.ensureAdmin', {})
  await done(core, 'environments.create', { name: 'bench' })
  for (let round = 1; round <= rounds; round += 1) {
    console.error(`round ${round} of ${rounds}`)
    await measureEnvironments(python, folder, round)
    await measure('minimal', await startMinimal(python, folder))
    await measure('pipe', await startOurs(core, 'pipe', 'bench'))
    await measure('fastapi', await startBareFastApi(fastApiPython))
    await measure('http', await startOurs(core, 'http', 'bench'))
  }
} finally {
  await core.close()
  rmSync(folder, { recursive: true, force: true })
}

const micro = (name: string) => `${figure(name).toFixed(0)} µs`
const milli = (name: string) => `${figure(name).toFixed(0)} ms`
const rate = (name: string) => `${(figure(name) / 1000).toFixed(1)} k/s`
const speed = (name: string) => `${((floatCount * 8) / figure(name) / 1000).toFixed(0)} MB/s`
const ratio = (ours: string, theirs: string, higherIsBetter = false) =>
  `${(figure(ours) / figure(theirs)).toFixed(2)}×${higherIsBetter ? ' (more is better)' : ''}`

const rows: readonly (readonly string[])[] = [
  ['new environment', milli('venv ours'), '`python -m venv`', milli('venv module'), ratio('venv ours', 'venv module')],
  ['', '', '`python -m venv --without-pip`', milli('venv module bare'), ratio('venv ours', 'venv module bare')],
  ['pipe evaluate, p50', micro('pipe p50'), 'raw Unix-socket echo', micro('raw p50'), ratio('pipe p50', 'raw p50')],
  ['', '', 'minimal inline server', micro('minimal p50'), ratio('pipe p50', 'minimal p50')],
  ['pipe evaluate, p99', micro('pipe p99'), 'raw Unix-socket echo', micro('raw p99'), ratio('pipe p99', 'raw p99')],
  ['', '', 'minimal inline server', micro('minimal p99'), ratio('pipe p99', 'minimal p99')],
  [
    'pipe evaluate, 8 in flight',
    rate('pipe rps'),
    'minimal inline server',
    rate('minimal rps'),
    ratio('pipe rps', 'minimal rps', true),
  ],
  [
    'http evaluate, p50',
    micro('http p50'),
    'bare FastAPI, own process',
    micro('fastapi p50'),
    ratio('http p50', 'fastapi p50'),
  ],
  [
    'http evaluate, p99',
    micro('http p99'),
    'bare FastAPI, own process',
    micro('fastapi p99'),
    ratio('http p99', 'fastapi p99'),
  ],
  [
    'http evaluate, 8 in flight',
    rate('http rps'),
    'bare FastAPI, own process',
    rate('fastapi rps'),
    ratio('http rps', 'fastapi rps', true),
  ],
  [
    '1 M float64, pipe',
    speed('pipe floats'),
    'raw Unix socket',
    speed('minimal floats'),
    `${(figure('minimal floats') / figure('pipe floats')).toFixed(2)}× (more is better)`,
  ],
  [
    '1 M float64, http',
    speed('http floats'),
    'raw Unix socket',
    speed('minimal floats'),
    `${(figure('minimal floats') / figure('http floats')).toFixed(2)}× (more is better)`,
  ],
  [
    'start to first reply, pipe',
    milli('pipe start'),
    'minimal inline server',
    milli('minimal start'),
    ratio('pipe start', 'minimal start'),
  ],
  [
    'start to first reply, http',
    milli('http start'),
    'minimal inline server',
    milli('minimal start'),
    ratio('http start', 'minimal start'),
  ],
  ['', '', 'bare FastAPI', milli('fastapi start'), ratio('http start', 'fastapi start')],
]
const table = [['what', 'ours', 'against', 'theirs', 'ratio'], ['---', '--:', '---', '--:', '--:'], ...rows]
  .map((row) => `| ${row.join(' | ')} |`)
  .join('\n')
const where = `${rounds} rounds, medians. ${process.platform}-${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}.`
console.log(`${table}\n\n${where}`)
if (options.write) {
  const text = readFileSync(page, 'utf8')
  writeFileSync(page, text.replace(/(<!-- table -->\n)[\s\S]*?(<!-- end -->)/u, `$1${table}\n\n${where}\n$2`))
}
