// `npm run bench`: every figure of docs/performance.md, from one run. Rounds of fresh processes, interleaved, so that whatever else
// the machine does hits everyone alike; only the ratios travel to another machine. `--write` puts the table into the page;
// `--only pipe,http` measures no more than the rows of these parts.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createCore } from '../../core/index.ts'
import { ensureTestPython, localPython } from '../tools/test-python.ts'
import { measureAttacks } from './attacks.ts'
import { done, startBareFastApi, startBareGrpc, startMinimal, startOurs } from './contenders.ts'
import type { Contender, Transport } from './contenders.ts'
import { measureMemory, measurePing, measureSessions } from './engine.ts'
import { Figures } from './figures.ts'
import { inFlight, inSequence, median, quantile } from './measure.ts'
import { markdownTable } from './table.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const rounds = Number(options.rounds)
const parts = ['environments', 'pipe', 'http', 'rpc', 'attacks'] as const
const chosen = options.only.split(',').filter(Boolean)
const unknown = chosen.filter((name) => !parts.some((part) => part === name))
if (unknown.length > 0 || (chosen.length > 0 && options.write))
  throw new Error(`--only takes ${parts.join(', ')}, and writes no page`)
const measures = (part: (typeof parts)[number]): boolean => chosen.length === 0 || chosen.includes(part)
const page = path.resolve(import.meta.dirname, '../../docs/performance.md')

const figures = new Figures()
const { note } = figures

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
}

async function measureOther(prefix: string, contender: Contender): Promise<void> {
  await measure(prefix, contender)
  await contender.stop()
}

async function measureOurs(transport: Transport, python: string): Promise<void> {
  const contender = await startOurs(core, transport, 'bench')
  // Before anybody has asked for more than one sum.
  await measureMemory(core, `bench-${transport}`, python, note)
  await measure(transport, contender)
  if (transport === 'pipe') {
    await measurePing(contender.backend, note)
    await measureSessions(contender.backend, note)
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
  const testPython = ensureTestPython()
  const python = localPython()
  await done(core, 'runtimes.install', { source: { kind: 'system', path: python } })
  await done(core, 'environments.ensureAdmin', {})
  await done(core, 'environments.create', { name: 'bench' })
  for (let round = 1; round <= rounds; round += 1) {
    console.error(`round ${round} of ${rounds}`)
    if (measures('environments')) await measureEnvironments(python, folder, round)
    await measureOther('minimal', await startMinimal(python, folder))
    if (measures('pipe')) await measureOurs('pipe', python)
    if (measures('http')) {
      await measureOther('fastapi', await startBareFastApi(testPython))
      await measureOurs('http', python)
    }
    if (measures('rpc')) {
      await measureOther('grpc', await startBareGrpc(testPython))
      await measureOurs('rpc', python)
    }
    if (measures('attacks')) await measureAttacks(core, note)
  }
} finally {
  await core.close()
  rmSync(folder, { recursive: true, force: true })
}

const table = markdownTable(figures)
const where = `${rounds} rounds, medians. ${process.platform}-${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}.`
console.log(`${table}\n\n${where}`)
if (options.write) {
  const text = readFileSync(page, 'utf8')
  writeFileSync(page, text.replace(/(<!-- table -->\n)[\s\S]*?(<!-- end -->)/u, `$1${table}\n\n${where}\n$2`))
}
