// `npm test`: build, types, lint, the TypeScript suites, the Python suite. All of them run even when one fails; the last line counts.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensureTestPython } from './tools/test-python.ts'

const root = path.resolve(import.meta.dirname, '..')
const reports = path.join(root, '.cache', 'reports')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const failures: string[] = []

function step(
  title: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): void {
  console.log(`\n── ${title}`)
  const started = performance.now()
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const outcome = error?.message ?? (signal ? `ended by ${signal}` : `exit code ${status}`)
  if (status !== 0) failures.push(`${title} (${outcome})`)
  console.log(`── ${title}: ${status === 0 ? 'ok' : outcome}, ${seconds} s`)
}

const python = ensureTestPython()
const vitestReport = path.join(reports, 'vitest.json')
const pytestReport = path.join(reports, 'pytest.xml')
step('build', 'npm', ['run', '--silent', 'build'])
step('types', 'npm', ['run', '--silent', 'typecheck'])
step('lint', 'npm', ['run', '--silent', 'lint'])
step('vitest', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`])
// Two files at a time: most of what they do is wait for processes. A file's tests share a pool, so they stay together.
const besideEachOther = ['-n', '2', '--dist', 'loadfile']
step('pytest', python, ['-m', 'pytest', 'python/tests', ...besideEachOther, `--junitxml=${pytestReport}`], {
  BEEP_TEST_ADMIN_PYTHON: python,
  BEEP_TEST_NUMPY_PYTHON: python,
})

const total = { passed: 0, failed: 0, skipped: 0 }
try {
  const vitest = JSON.parse(readFileSync(vitestReport, 'utf8')) as Record<
    'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests',
    number
  >
  total.passed += vitest.numPassedTests
  total.failed += vitest.numFailedTests
  total.skipped += vitest.numPendingTests + vitest.numTodoTests
  const [suite = ''] = /<testsuite [^>]*>/u.exec(readFileSync(pytestReport, 'utf8')) ?? []
  const count = (name: string) => Number(new RegExp(`\\b${name}="(\\d+)"`, 'u').exec(suite)?.[1])
  total.failed += count('failures') + count('errors')
  total.skipped += count('skipped')
  total.passed += count('tests') - count('failures') - count('errors') - count('skipped')
} catch (error) {
  failures.push(`counting (${String(error)})`)
}

for (const failure of failures) console.log(`\nFailed: ${failure}`)
console.log(`\n${total.passed} passed, ${Math.max(total.failed, failures.length)} failed, ${total.skipped} skipped`)
process.exitCode = failures.length === 0 ? 0 : 1
