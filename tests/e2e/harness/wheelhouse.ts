import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pythonArchive } from '../../fixtures/python-archive/build.ts'
import { localPython } from '../../tools/test-python.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const requirements = path.join(root, 'resources', 'admin-requirements.txt')

/**
 * A folder with the wheels that the admin environment is made of, for each Python that tests make it with; fetched once with
 * pip and kept. So a test that is not about the internet gets an http server without it. Two processes may ask at once; the first rename wins.
 */
export function ensureWheelhouse(): string {
  const python = localPython()
  const print = 'import sys; print("%d.%d" % sys.version_info[:2])'
  const own = execFileSync(python, ['-I', '-c', print], { encoding: 'utf8' }).trim()
  const versions = [...new Set([own, pythonArchive().python.split('.', 2).join('.')])]
  const key = createHash('sha256').update(versions.join()).update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = path.join(root, '.cache', 'wheelhouse', key)
  if (existsSync(folder)) return folder
  console.log('Fetching the packages of the admin environment')
  mkdirSync(path.dirname(folder), { recursive: true })
  const work = mkdtempSync(`${folder}-`)
  try {
    for (const version of versions) {
      const argv = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:']
      execFileSync(python, [...argv, '--python-version', version, '--dest', work, '-r', requirements], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    }
    renameSync(work, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return folder
}
