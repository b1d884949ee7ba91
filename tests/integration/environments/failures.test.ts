import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { pidExists } from '../../../core/platform/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { serveIndex } from './package-index.ts'
import { until } from './until.ts'
import { noIndexSettings, onlyFrom, writeSource, writeWheel } from './wheels.ts'
import { openWith, withEachInstaller } from './with-installers.ts'
import { failureOf, recordJob } from './workbench.ts'

withEachInstaller((installer) => {
  /** An environment called `é 1`, and a folder of packages that is all its installer sees. */
  async function openWithPackages(extra: Readonly<Record<string, string>> = {}) {
    const wheels = path.join(tempFolder(), 'wheels')
    const bench = await openWith(installer, { env: () => ({ ...onlyFrom(wheels), ...extra }) })
    await bench.environments.create({ name: 'é 1', packages: [] }, recordJob())
    const install = (...packages: string[]) => bench.environments.install({ name: 'é 1', packages }, recordJob())
    return { ...bench, wheels, install }
  }

  it('tells what a failed installation ran, how it ended, and that nothing has changed', async () => {
    const { wheels, install, environments } = await openWithPackages()
    writeWheel(wheels, { name: 'good', version: '1.0' })
    await install('good')
    const failure = await failureOf(install('no-such-package>=1'))
    expect(failure.code).toBe('PACKAGES_FAILED')
    expect(failure.message).toContain('Installing no-such-package>=1 into é 1 ended with exit code 1: ')
    expect(failure.hint).toContain('No such package')
    expect(failure.details).toMatchObject({ exitCode: 1, signal: null, cause: 'no-match' })
    const { argv, lastLines } = failure.details as { argv: string[]; lastLines: string[] }
    expect(argv.slice(-2)).toEqual(['--', 'no-such-package>=1'])
    expect(lastLines.join('\n')).toContain('no-such-package')
    expect(await environments.get('é 1')).toMatchObject({ state: 'ready', requirements: ['good'] })
  })

  it('tells a contradiction between requirements, which only one resolve for all of them can see', async () => {
    const { wheels, install, environments } = await openWithPackages()
    writeWheel(wheels, { name: 'shared', version: '1.0' })
    writeWheel(wheels, { name: 'shared', version: '2.0' })
    writeWheel(wheels, { name: 'old-school', version: '1.0', requires: ['shared<2'] })
    const failure = await failureOf(install('old-school', 'shared>=2'))
    expect(failure.details).toMatchObject({ cause: 'conflict' })
    expect(await environments.packages('é 1')).toEqual([])
  })

  it('tells that a version needs another Python', async () => {
    const { wheels, install } = await openWithPackages()
    writeWheel(wheels, { name: 'futuristic', version: '1.0', requiresPython: '>=4.0' })
    const failure = await failureOf(install('futuristic'))
    expect(failure.details).toMatchObject({ cause: 'python-version' })
  })

  it('tells that a package must be compiled where there is no compiler', async () => {
    const { wheels, install } = await openWithPackages()
    const scream = `print("error: command 'gcc' failed: No such file or directory", file=sys.stderr); sys.exit(1)`
    await writeSource(wheels, 'needscc', wheels, scream)
    const failure = await failureOf(install('needscc'))
    expect(failure.details).toMatchObject({ cause: 'no-compiler' })
  })

  it('refuses a file with another hash than the index says', async () => {
    const wheels = path.join(tempFolder(), 'wheels')
    writeWheel(wheels, { name: 'forged', version: '1.0' })
    const index = await serveIndex(wheels, { sha256: '0'.repeat(64) })
    const bench = await openWith(installer, { env: () => ({ ...noIndexSettings(), PIP_INDEX_URL: index.url }) })
    const failure = await failureOf(bench.environments.create({ name: 'a', packages: ['forged'] }, recordJob()))
    expect(failure.details).toMatchObject({ cause: 'hash' })
  })

  it('tells an index that cannot be reached from one that has no such package', async () => {
    const env = {
      ...noIndexSettings(),
      PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
      PIP_RETRIES: '1',
      UV_HTTP_RETRIES: '0',
    }
    const bench = await openWith(installer, { env: () => env })
    const failure = await failureOf(bench.environments.create({ name: 'a', packages: ['anything'] }, recordJob()))
    expect(failure.details).toMatchObject({ cause: 'unreachable' })
  })

  it('tells that the proxy refuses', async () => {
    const index = await serveIndex(tempFolder(), { refuseTunnels: true })
    const env = {
      ...noIndexSettings(),
      PIP_INDEX_URL: 'https://packages.invalid/simple',
      HTTPS_PROXY: index.origin,
      PIP_RETRIES: '1',
      UV_HTTP_RETRIES: '0',
    }
    const bench = await openWith(installer, { env: () => env })
    const failure = await failureOf(bench.environments.create({ name: 'a', packages: ['anything'] }, recordJob()))
    expect(failure.details).toMatchObject({ cause: 'proxy' })
  })

  it('shows no password of an index', async () => {
    const index = await serveIndex(tempFolder(), { status: 503 })
    const url = index.url.replace('//', '//user:s3cret@')
    const env = { ...noIndexSettings(), PIP_INDEX_URL: url, PIP_RETRIES: '0', UV_HTTP_RETRIES: '0' }
    const bench = await openWith(installer, { env: () => env })
    const failure = await failureOf(bench.environments.create({ name: 'a', packages: ['anything'] }, recordJob()))
    expect(JSON.stringify([failure.message, failure.details])).not.toContain('s3cret')
  })

  it('stops the whole tree of an installer that is cancelled, and keeps the environment', async () => {
    const { wheels, environments } = await openWithPackages()
    const here = tempFolder()
    await writeSource(wheels, 'endless', here, endlessBuild)
    const job = recordJob()
    const installing = environments.install({ name: 'é 1', packages: ['endless'] }, job)
    const pids = await until('the build has begun', () => buildPids(here))
    job.abort.abort()
    expect((await failureOf(installing)).code).toBe('CANCELLED')
    await until('the build and its child are gone', () => pids.every((pid) => !pidExists(pid)))
    expect(await environments.get('é 1')).toMatchObject({ state: 'ready', requirements: [] })
  })

  it('removes a half-made environment, installer and all, when it is cancelled', async () => {
    const { wheels, environments, layout } = await openWithPackages()
    const here = tempFolder()
    await writeSource(wheels, 'endless', here, endlessBuild)
    const job = recordJob()
    const creating = environments.create({ name: 'é 2', packages: ['endless'] }, job)
    const pids = await until('the build has begun', () => buildPids(here))
    job.abort.abort()
    expect((await failureOf(creating)).code).toBe('CANCELLED')
    await until('the build and its child are gone', () => pids.every((pid) => !pidExists(pid)))
    expect(readdirSync(layout.environments)).toEqual(['é 1'])
    expect(readdirSync(layout.staging)).toEqual([])
  })

  it('stops an installer that has fallen silent', async () => {
    const { wheels, install, environments } = await openWithPackages({ BEEP_INSTALL_SILENCE_MS: '200' })
    const here = tempFolder()
    await writeSource(wheels, 'endless', here, endlessBuild)
    const failure = await failureOf(install('endless'))
    expect(failure.code).toBe('TIMEOUT')
    expect(failure.message).toMatch(/said nothing for \d+(\.\d)? s/u)
    expect(failure.details).toMatchObject({ argv: expect.any(Array), lastLines: expect.any(Array) })
    expect((await environments.get('é 1')).state).toBe('ready')
  })
})

/** Starts a child of its own, writes both pids down, and never ends. */
const endlessBuild = `
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(os.path.join(here, "pids.part"), "w") as file:
    file.write(f"{os.getpid()} {child.pid}")
os.rename(os.path.join(here, "pids.part"), os.path.join(here, "pids"))
time.sleep(600)`

function buildPids(here: string): number[] | undefined {
  const file = path.join(here, 'pids')
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').map(Number) : undefined
}
