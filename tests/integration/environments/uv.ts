import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { localPython } from '../../tools/test-python.ts'
import { writeWheel } from './wheels.ts'

const cache = path.resolve(import.meta.dirname, '../../../node_modules/.cache')
const home = path.join(cache, 'test-uv')
const wheelHome = path.join(cache, 'test-uv-wheel')
const file = path.join(home, 'bin', process.platform === 'win32' ? 'uv.exe' : 'uv')

/** uv for the tests. Undefined, and said aloud, where it cannot be had: the tests with it are skipped then. */
export function obtainUv(): string | undefined {
  if (existsSync(file)) return file
  const wheel = obtainUvWheel()
  return wheel !== undefined && pipOnce(home, (work) => ['install', '--no-deps', '--target', work, wheel])
    ? file
    : undefined
}

/** The file of the wheel that it comes from, for an index of a test's own. */
export function obtainUvWheel(): string | undefined {
  const download = (work: string) => ['download', '--no-deps', '--only-binary', ':all:', '--dest', work, 'uv']
  if (!existsSync(wheelHome) && !pipOnce(wheelHome, download)) return undefined
  const [name] = readdirSync(wheelHome)
  return name === undefined ? undefined : path.join(wheelHome, name)
}

/** Has pip fill a folder, once for all runs. Several test processes may ask at once; the first rename wins. */
function pipOnce(folder: string, argv: (work: string) => readonly string[]): boolean {
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(`${folder}-`)
  try {
    const all = ['-m', 'pip', '--quiet', '--disable-pip-version-check', ...argv(work)]
    execFileSync(localPython(), all, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 })
    renameSync(work, folder)
    return true
  } catch (error) {
    if (existsSync(folder)) return true
    console.warn(`uv could not be had, so the tests with uv are skipped: ${String(error)}`)
    return false
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Where the places that are looked at whatever the variables say have a uv already, nobody can tell what happens without one. */
export const machineHasUv = ['/usr/local/bin/uv', '/opt/homebrew/bin/uv'].some((place) => existsSync(place))

/** What `uv --version` says, and that is all it can do. A script, so not for Windows. */
export function uvScript(version: string): string {
  return `#!/bin/sh\necho "uv ${version}"\n`
}

/** A wheel that is called uv, small and quick. `program`: what comes as uv; absent: one that tells its version. */
export function writeFakeUv(folder: string, version: string, program = uvScript(version)): void {
  writeWheel(folder, { name: 'uv', version, files: { [`uv-${version}.data/scripts/uv`]: program } })
}
