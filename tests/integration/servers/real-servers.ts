import { execFileSync } from 'node:child_process'
import path from 'node:path'
import type { Environment } from '../../../contract/index.ts'
import { environmentExecutable } from '../../../core/platform/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { ensureTestPython, localPython } from '../../tools/test-python.ts'
import { testEnvironment, testServers } from './harness.ts'
import type { TestServersOptions } from './harness.ts'

const engine = path.resolve(import.meta.dirname, '../../../python/src/beep_engine/__main__.py')
/** Servers on the real engine: user code in a fresh virtual environment, the front where the server packages are. */
export function realServers(more: Pick<TestServersOptions, 'env'> = {}) {
  const adminPython = ensureTestPython()
  const root = path.join(tempFolder(), 'ënv one')
  execFileSync(localPython(), ['-m', 'venv', '--without-pip', root])
  const own = testEnvironment('default', { root, executable: environmentExecutable(root, process.platform) })
  const admin = testEnvironment('admin', { executable: adminPython, root: path.dirname(path.dirname(adminPython)) })
  const answer = (environment: Environment) => () => Promise.resolve(environment)
  const environments = { get: answer(own), ensure: answer(own), ensureAdmin: answer(admin) }
  return { own, ...testServers({ ...more, engine, environments }) }
}
