import { mkdirSync, readFileSync, symlinkSync, writeFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { startMirror } from '../../fixtures/mirror/mirror.ts'
import type { Mirror } from '../../fixtures/mirror/mirror.ts'
import { pythonArchive } from '../../fixtures/python-archive/build.ts'
import { terminal } from '../../integration/cli/terminal.ts'
import type { Terminal } from '../../integration/cli/terminal.ts'
import { serveIndex } from '../../integration/environments/package-index.ts'
import type { PackageIndex } from '../../integration/environments/package-index.ts'
import { obtainUv } from '../../integration/environments/uv.ts'
import { noIndexSettings, writeWheel } from '../../integration/environments/wheels.ts'
import type { FakePackage } from '../../integration/environments/wheels.ts'
import { ensureWheelhouse } from './wheelhouse.ts'

const cache = path.resolve(import.meta.dirname, '../../../.cache')

/** A user whose packages come from an index of the test's own, which has those of the admin environment, too. */
export interface LocalUser extends Terminal {
  readonly index: PackageIndex
  /** Puts one more package, or one more version, into the index. */
  readonly publish: (one: FakePackage) => void
}

/** Nothing that is installed comes from the internet, so it comes quickly, with uv where it can be had. */
export async function localUser(packages: readonly FakePackage[] = []): Promise<LocalUser> {
  const user = terminal()
  const folder = path.join(user.folder, 'packages')
  mkdirSync(folder)
  const wheelhouse = ensureWheelhouse()
  for (const file of readdirSync(wheelhouse)) symlinkSync(path.join(wheelhouse, file), path.join(folder, file))
  const publish = (one: FakePackage) => void writeWheel(folder, one)
  for (const one of packages) publish(one)
  const index = await serveIndex(folder)
  const uv = obtainUv()
  Object.assign(user.env, noIndexSettings(), { PIP_INDEX_URL: index.url }, uv === undefined ? {} : { UV: uv })
  return { ...user, index, publish }
}

/** Where packages come from, for pip and for uv. */
const ofTheIndex =
  /^(PIP_(INDEX_URL|CONFIG_FILE)|UV_(DEFAULT_INDEX|INDEX_URL|CONFIG_FILE)|SSL_CERT_FILE|(HTTPS?|NO)_PROXY)$/iu

/** Gives a user the internet's package index, as this machine is set up for it, and keeps what was fetched for the next run. */
export function withRealIndex(user: Terminal): Terminal {
  const uv = obtainUv()
  Object.assign(user.env, { PIP_CACHE_DIR: path.join(cache, 'pip'), UV_CACHE_DIR: path.join(cache, 'uv') })
  Object.assign(user.env, uv === undefined ? {} : { UV: uv })
  for (const [name, value] of Object.entries(process.env)) if (ofTheIndex.test(name)) user.env[name] = value
  return user
}

/** The catalog of a user names one Python, a real one, and a mirror that serves it. */
export async function withPythonMirror(user: Terminal): Promise<Mirror> {
  const archive = pythonArchive()
  const mirror = await startMirror(archive.mirror)
  onTestFinished(() => mirror.close())
  const catalog = JSON.parse(readFileSync(archive.catalog, 'utf8')) as object
  const file = path.join(user.folder, 'catalog.json')
  writeFileSync(file, JSON.stringify({ ...catalog, mirrors: [`${mirror.url}/`] }))
  user.env['BEEP_PYTHON_CATALOG'] = file
  return mirror
}
