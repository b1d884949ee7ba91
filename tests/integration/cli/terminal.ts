import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { eventually } from '../../tools/eventually.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { run } from '../../unit/cli/fake-io.ts'
import { localPython } from '../../tools/test-python.ts'

const repository = path.resolve(import.meta.dirname, '../../..')
export const launcher = path.join(repository, 'bin', 'beep-host.mjs')

/** Milliseconds. A deadline for what hangs: a start of Node and Python on a busy machine takes its time. */
const saidWithinMs = 60_000

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A beep-host that is under way. */
export interface Running {
  readonly child: ChildProcess
  readonly stdout: () => string
  readonly stderr: () => string
  readonly ended: Promise<Ran>
  /** Waits until a text stands on stdout or stderr. */
  readonly said: (text: string) => Promise<void>
}

export interface Terminal {
  /** Everything that is the user's, the data root among it. */
  readonly folder: string
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  readonly start: (argv: readonly string[], options?: StartOptions) => Running
  /** One command line, to its end. */
  readonly beep: (...argv: readonly string[]) => Promise<Ran>
  /** The same with --json, in this process, which is quicker: its document, and the certainty that there was nothing else. */
  readonly json: <T = unknown>(...argv: readonly string[]) => Promise<T>
  /** Pids of everything that runs on behalf of this data root. */
  readonly processes: () => number[]
}

/** What `start --detach --json` says. */
export interface Started {
  readonly name: string
  readonly pid: number
  readonly endpoint: { readonly transport: string; readonly path: string }
}

export interface StartOptions {
  readonly input?: string
  /** Options for Node itself, before the launcher. */
  readonly node?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Absent: the launcher of beep-host. */
  readonly program?: string
}

/**
 * A user with a HOME and a data root of their own and one Python on the PATH. At the end of the test the host is stopped, and
 * nothing may be left running.
 */
export function terminal(): Terminal {
  const folder = tempFolder()
  const home = path.join(folder, 'dàta root')
  const bin = path.join(folder, 'bin')
  const userHome = path.join(folder, 'home')
  mkdirSync(bin)
  mkdirSync(userHome)
  symlinkSync(localPython(), path.join(bin, 'python3'))
  const env: NodeJS.ProcessEnv = {
    PATH: `${bin}:/usr/bin:/bin`,
    HOME: userHome,
    BEEP_HOME: home,
    TMPDIR: folder,
    LANG: 'C.UTF-8',
    // One for all tests: a data root that is new each time would have Node compile everything anew each time.
    NODE_COMPILE_CACHE: path.join(repository, '.cache', 'node'),
  }

  const started: ChildProcess[] = []
  const start = (argv: readonly string[], options: StartOptions = {}): Running => {
    const child = spawn(process.execPath, [...(options.node ?? []), options.program ?? launcher, ...argv], {
      env: { ...env, ...options.env },
      cwd: folder,
    })
    started.push(child)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdin.end(options.input ?? '')
    const ended = new Promise<Ran>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
    })
    const said = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const seen = () => `${JSON.stringify(text)} was waited for in vain:\n${stdout}\n${stderr}`
        const timer = setTimeout(() => reject(new Error(seen())), saidWithinMs)
        const look = () => {
          if (stdout.includes(text) || stderr.includes(text)) resolve()
        }
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look)
        void ended.then(() => reject(new Error(seen())), reject).finally(() => clearTimeout(timer))
        look()
      })
    return { child, stdout: () => stdout, stderr: () => stderr, ended, said }
  }
  const beep = (...argv: readonly string[]) => start(argv).ended
  const processes = () => processesOf(home)

  onTestFinished(async () => {
    if (existsSync(path.join(home, 'instance.json'))) await beep('host', 'stop')
    for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    try {
      await eventually('nothing of this data root is running', () => processes().length === 0)
    } finally {
      for (const pid of processes()) process.kill(pid, 'SIGKILL')
    }
  })
  return {
    folder,
    home,
    env,
    start,
    beep,
    processes,
    async json<T>(...argv: readonly string[]) {
      const { stdout, stderr } = await run([...argv, '--json'], env)
      expect(stderr).toBe('')
      expect(stdout).toMatch(/^[^\n]*\n$/u)
      return JSON.parse(stdout) as T
    },
  }
}

/** By what /proc tells: the data root is in the words or the variables of whatever runs for it. */
function processesOf(home: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/u.test(entry))
    .map(Number)
    .filter((pid) => pid !== process.pid && ['cmdline', 'environ'].some((file) => procText(pid, file).includes(home)))
}

function procText(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // It has ended, or is somebody else's.
  }
}

/** The whole of what was seen, without what differs from run to run and from machine to machine. */
export function snapshotOf({ home, folder }: Terminal, { code, signal, stdout, stderr }: Ran): string {
  const parts = [
    `exit code: ${code ?? signal}`,
    '----- stdout -----',
    stdout.trimEnd(),
    '----- stderr -----',
    stderr.trimEnd(),
  ]
  return (
    parts
      .join('\n')
      .replaceAll(home, '[HOME]')
      .replaceAll(folder, '[FOLDER]')
      .replaceAll('[FOLDER]/bin/python3', '[PYTHON]')
      .replaceAll(/\/[^\s']*\/python3?(\.\d+)?(?=$|\s)/gmu, '[PYTHON]')
      .replaceAll(/\b(system|cpython)-\d[\w.-]*/gu, '[RUNTIME]')
      .replaceAll(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b/gu, '[TIME]')
      .replaceAll(/\b\d{8}-\d{6}-[\da-f]{6}\b/gu, '[TRASH]')
      .replaceAll(/on Node [\d.]+, \S+/gu, 'on Node [NODE]')
      .replaceAll(/\bpid +\d+/gu, 'pid [PID]')
      .replaceAll(/(?<=running +\S+ +)\d+(?= )/gu, '[PID]')
      .replaceAll(/\b\d+(\.\d)? ([kMG]B)\b/gu, '[SIZE]')
      .replaceAll(/\b3\.\d+\.\d+\b/gu, '[VERSION]')
      .replaceAll(/\b0\.\d+\.\d+\b/gu, '[RELEASE]')
      // Python 3.11 and newer points at the place.
      .replaceAll(/^ +[~^]+\n/gmu, '')
      .replaceAll(/origin +\S+/gu, 'origin [ORIGIN]')
      .replaceAll(/cpython \[VERSION\], \S+/gu, 'cpython [VERSION], [MACHINE]')
      .replaceAll(/\n {2}and \d+ more on this machine: .*/gu, '')
      .replaceAll(/ {2,}/gu, '  ')
  )
}
