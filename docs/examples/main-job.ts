// `npm run demo`: the whole main job, told in the terminal on real parts. It uses the product as any program would: the
// `beep-host` command for what a person types, the client package for what an app does.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { connect, PythonError } from '../../client/src/index.ts'

const repository = path.resolve(import.meta.dirname, '../..')
/** The data root: yours if BEEP_HOME says so, else one of the demo's own that is kept, so that the second run is quick. */
const home = path.resolve(process.env['BEEP_HOME'] || path.join(repository, '.cache', 'demo'))
const started = performance.now()

interface Outcome {
  readonly exitCode: number
  readonly answer: unknown
  readonly notes: string
}

/** Runs `beep-host … --json` and shows what was typed. */
async function beepHost(...args: readonly string[]): Promise<Outcome> {
  console.log(`\n  $ beep-host ${args.map((arg) => (/^[\w./:=-]+$/u.test(arg) ? arg : JSON.stringify(arg))).join(' ')}`)
  return new Promise((resolve) => {
    const argv = [path.join(repository, 'bin', 'beep-host.mjs'), ...args, '--json', '--home', home]
    execFile(process.execPath, argv, { maxBuffer: 32 * 1024 * 1024 }, (error, stdout, notes) => {
      const exitCode = error ? (typeof error.code === 'number' ? error.code : 1) : 0
      resolve({ exitCode, answer: stdout.trim() === '' ? undefined : JSON.parse(stdout), notes })
    })
  })
}

/** The same, and it has to work. */
async function must<T>(...args: readonly string[]): Promise<T> {
  const { exitCode, answer, notes } = await beepHost(...args)
  if (exitCode === 0) return answer as T
  throw new Error(`beep-host ${args.join(' ')} ended with ${exitCode}: ${JSON.stringify(answer)}\n${notes}`)
}

function say(text: string): void {
  console.log(`    ${text}`)
}

function chapter(title: string): void {
  console.log(`\n${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${title}`)
}

interface Runtime {
  readonly version: string
  readonly executable: string
  readonly source: string
}
interface Failure {
  readonly error: { readonly code: string; readonly message: string }
}
interface Environment {
  readonly name: string
  readonly python: string
  readonly root: string
}
interface Server {
  readonly pid: number
  readonly endpoint: Readonly<Record<string, string>>
}

async function getPython(): Promise<void> {
  chapter('A Python')
  const download = await beepHost('init')
  if (download.exitCode === 0) {
    const runtime = download.answer as Runtime
    say(`Python ${runtime.version}, managed by this product: ${runtime.executable}`)
    return
  }
  const failure = download.answer as Failure
  const networkCodes = ['NETWORK', 'BLOCKED_PAGE', 'DOWNLOAD_NOT_FOUND', 'TIMEOUT']
  if (!networkCodes.includes(failure.error.code)) throw new Error(failure.error.message)
  say(`No download from here (${failure.error.message})`)
  say('so a Python that is on this machine already will do.')
  const runtime = await must<Runtime>('init', '--from', 'system')
  say(`Python ${runtime.version}, discovered: ${runtime.executable}`)
}

async function makeEnvironments(): Promise<void> {
  chapter('Environments: admin for the server fronts, demo for the code')
  const admin = await must<Environment>('venv', 'admin')
  say(`${admin.name}: Python ${admin.python}`)
  const known = await must<readonly Environment[]>('venv', 'list')
  if (known.some((environment) => environment.name === 'demo')) {
    say('demo: there from an earlier run')
    await must('venv', 'install', 'demo', 'numpy')
  } else {
    const demo = await must<Environment>('venv', 'create', 'demo', '--package', 'numpy')
    say(`${demo.name}: Python ${demo.python}, with numpy`)
  }
}

async function useServers(): Promise<readonly number[]> {
  chapter('Two servers on the same environment')
  const http = await must<Server>('start', 'http', '--venv', 'demo', '--name', 'demo-http', '--detach')
  say(`http: ${http.endpoint['url']}`)
  const pipe = await must<Server>('start', 'pipe', '--venv', 'demo', '--name', 'demo-pipe', '--detach')
  say(`pipe: ${pipe.endpoint['path']}`)

  for (const name of ['demo-http', 'demo-pipe']) {
    chapter(`An app talks to ${name}`)
    await using python = await connect(name, { home })
    say(`6 * 7 = ${await python.evaluate<number>('6 * 7')}`)
    const block = 'import numpy\nsquares = numpy.arange(limit) ** 2\nint(squares.sum())'
    say(`sum of the squares below 10, by numpy: ${await python.evaluate<number>(block, { limit: 10 })}`)

    try {
      await python.evaluate('def half(n):\n    return n / 0\n\nhalf(42)')
    } catch (error) {
      if (!(error instanceof PythonError)) throw error
      say(`a Python error arrives as one: ${error.message}`)
      for (const line of (error.traceback ?? '').trimEnd().split('\n')) say(`  | ${line}`)
    }

    await using handle = await python.evaluate<AsyncDisposable & { readonly repr: string }>(
      '__import__("numpy").linspace(0, 1, 1_000_000)',
    )
    const began = performance.now()
    const floats = await python.toFloatArray(handle as Parameters<typeof python.toFloatArray>[0])
    const took = (performance.now() - began).toFixed(1)
    say(`a million floats in ${took} ms, the last one ${floats.at(-1)}`)
    if (floats.length !== 1_000_000 || floats[999_999] !== 1)
      throw new Error('the array is not the one that was asked for')
  }
  return [http.pid, pipe.pid]
}

function pidIsThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function stopAndProve(pids: readonly number[]): Promise<void> {
  chapter('Stop, and prove that nothing is left')
  const { host } = await must<{ host: { pid: number } }>('status')
  await must('stop', '--all')
  await must('host', 'stop')
  const deadline = performance.now() + 5000
  while (pidIsThere(host.pid) && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20))

  const left: string[] = [...pids, host.pid].filter(pidIsThere).map((pid) => `process ${pid}`)
  for (const folder of ['endpoints', 'run', 'locks', 'staging']) {
    const full = path.join(home, folder)
    if (existsSync(full)) left.push(...readdirSync(full).map((entry) => path.join(folder, entry)))
  }
  if (existsSync(path.join(home, 'instance.json'))) left.push('instance.json')
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`)
  say('no process, no socket, no lock, no endpoint file')
}

console.log(`Data root: ${home}`)
try {
  await getPython()
  await makeEnvironments()
  const pids = await useServers()
  await stopAndProve(pids)
  chapter('Done')
} catch (error) {
  // Whatever went wrong, no server outlives the story.
  await beepHost('host', 'stop')
  throw error
}
