import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { localPython } from '../../tools/test-python.ts'

const cache = path.resolve(import.meta.dirname, '../../../node_modules/.cache')
const home = path.join(cache, 'test-uv')
const file = path.join(home, 'bin', process.platform === 'win32' ? 'uv.exe' : 'uv')

/**
 * uv for the tests, fetched once with pip and kept. Undefined, and said aloud, where it cannot be had: the tests with it
 * are skipped then. Several test processes may ask at once; the first rename wins.
 */
export function obtainUv(): string | undefined {
  if (existsSync(file)) return file
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(path.join(cache, 'test-uv-'))
  try {
    const argv = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', work, 'uv']
    execFileSync(localPython(), argv, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 })
    renameSync(work, home)
  } catch (error) {
    if (!existsSync(file)) {
      console.warn(`uv could not be had, so the tests with uv are skipped: ${String(error)}`)
      return undefined
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return file
}
