import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const folder = path.join(root, '.cache', 'test-python')
const requirements = [
  'pytest>=8',
  'pytest-xdist>=3',
  'ruff>=0.14',
  'numpy',
  'pandas',
  'pyarrow',
  'matplotlib',
  'prometheus_client',
  'hypothesis>=6',
  'schemathesis>=4',
  '-r',
  path.join(root, 'resources', 'admin-requirements.txt'),
]

/** The interpreter of the virtual environment that holds pytest, ruff and the server packages. */
export const testPython =
  process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python')

/** A Python of this machine to begin with: what the user names, else the usual ones. */
export function localPython(): string {
  for (const candidate of [process.env['BEEP_TEST_PYTHON'], 'python3', 'python']) {
    if (!candidate) continue
    try {
      const print =
        'import sys; assert sys.version_info >= (3, 9); print(getattr(sys, "_base_executable", sys.executable))'
      return execFileSync(candidate, ['-I', '-c', print], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
    } catch {
      // Not there, or too old: the next one.
    }
  }
  throw new Error('The tests need a Python of 3.9 or newer: put python3 on the PATH, or name one in BEEP_TEST_PYTHON')
}

/** Makes that environment, or brings it up to date; nothing to do takes no time. Lives in `.cache`, which git does not see. */
export function ensureTestPython(): string {
  const base = localPython()
  const wanted = createHash('sha256')
    .update(JSON.stringify([base, requirements, readFileSync(requirements.at(-1)!, 'utf8')]))
    .digest('hex')
  const stamp = path.join(folder, 'made-from')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return testPython
  console.log(`Making the Python environment of the tests (${path.relative(root, folder)})`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(path.dirname(folder), { recursive: true })
  const run = (...argv: readonly string[]) =>
    execFileSync(base, argv, { stdio: ['ignore', 'ignore', 'inherit'], cwd: root })
  run('-m', 'venv', '--without-pip', folder)
  run('-m', 'pip', '--python', testPython, 'install', '--quiet', '--disable-pip-version-check', ...requirements)
  writeFileSync(stamp, wanted)
  return testPython
}
