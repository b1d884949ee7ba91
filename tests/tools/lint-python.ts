// ruff on the Python package: `check` by default, `format` with --write.
import { spawnSync } from 'node:child_process'
import { ensureTestPython } from './test-python.ts'

const python = ensureTestPython()
const write = process.argv.includes('--write')
const ruff = (...args: readonly string[]) =>
  spawnSync(python, ['-m', 'ruff', ...args, 'python'], { stdio: 'inherit' }).status ?? 1
const checked = ruff('check', ...(write ? ['--fix'] : []))
const formatted = ruff('format', ...(write ? [] : ['--check']))
process.exitCode = checked || formatted
