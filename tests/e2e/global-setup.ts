// Runs once before the tests in a window: what they all need, and what two workers must not make at the same time.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { pythonArchive } from '../fixtures/python-archive/build.ts'
import { chromiumPath } from '../tools/chromium.ts'
import { ensureWheelhouse } from './harness/wheelhouse.ts'

const root = path.resolve(import.meta.dirname, '../..')

export function setup(): void {
  if (chromiumPath() === undefined) return
  buildPages()
  pythonArchive()
  ensureWheelhouse()
}

/** The pages as the sources have them: a test on yesterday's build proves nothing. */
function buildPages(): void {
  const built = statSync(path.join(root, 'dist/renderer/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const changed = Math.max(...['renderer', 'contract'].map((room) => newest(path.join(root, room))))
  if (built > changed) return
  console.log('Building the pages')
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' } as const
  const { status } = spawnSync('vite', ['build', 'renderer', '--logLevel', 'warn'], options)
  if (status !== 0) throw new Error('The pages could not be built')
}

/** When the newest file below a folder was written, in milliseconds. */
function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Math.max(...files.map((file) => statSync(path.join(folder, file)).mtimeMs))
}
