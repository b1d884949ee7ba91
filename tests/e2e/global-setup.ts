// Runs once before the tests in a window: what they all need, and what two workers must not make at the same time. Those of the
// desktop app that look at no page need no Chromium, but all of this.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { pythonArchive } from '../fixtures/python-archive/build.ts'
import { ensureWheelhouse } from './harness/wheelhouse.ts'

const root = path.resolve(import.meta.dirname, '../..')

export function setup(): void {
  build(
    'The pages',
    'dist/renderer/index.html',
    ['renderer', 'contract'],
    ['vite', 'build', 'renderer', '--logLevel', 'warn'],
  )
  build(
    'The desktop app',
    'dist/electron/main.mjs',
    ['electron', 'core', 'contract', 'cli', 'client/src'],
    ['npm', 'run', '-s', 'build:electron'],
  )
  pythonArchive()
  ensureWheelhouse()
}

/** Makes what is older than its sources: a test on yesterday's build proves nothing. */
function build(what: string, made: string, rooms: readonly string[], [command = '', ...args]: readonly string[]): void {
  const built = statSync(path.join(root, made), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const changed = Math.max(...rooms.map((room) => newest(path.join(root, room))))
  if (built > changed) return
  console.log(`${what}: being built`)
  // The test runner's own NODE_ENV would put the development build of React into the pages: slower, and not what users get.
  const env = { ...process.env, NODE_ENV: 'production' }
  const options = { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' } as const
  const { status } = spawnSync(command, args, options)
  if (status !== 0) throw new Error(`${what}: could not be built`)
}

/** When the newest file below a folder was written, in milliseconds. */
function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Math.max(...files.map((file) => statSync(path.join(folder, file)).mtimeMs))
}
