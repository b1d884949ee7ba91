import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { sitePackages } from '../../../core/environments/site-packages.ts'
import { environmentExecutable } from '../../../core/platform/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { serveIndex } from './package-index.ts'
import { noIndexSettings, onlyFrom, writeWheel } from './wheels.ts'
import { hasUv, openWith, withEachInstaller } from './with-installers.ts'
import { failureOf, localRuntime, openWorkbench, recordJob, runtimeOf } from './workbench.ts'

withEachInstaller((installer) => {
  it('asks the indexes and folders that the user’s pip configuration names', async () => {
    const [main, extra, local] = [tempFolder(), tempFolder(), tempFolder()]
    writeWheel(main, { name: 'from-main', version: '1.0' })
    writeWheel(extra, { name: 'from-extra', version: '1.0' })
    writeWheel(local, { name: 'from-folder', version: '1.0' })
    const [mainIndex, extraIndex] = [await serveIndex(main), await serveIndex(extra)]
    const config = path.join(tempFolder(), 'pip.conf')
    const lines = [
      '[global]',
      `index-url = ${mainIndex.url}`,
      'extra-index-url =',
      `    ${extraIndex.url}`,
      '[install]',
      `find-links = ${pathToFileURL(local).href}`,
    ]
    writeFileSync(config, lines.join('\n'))
    const env = { ...noIndexSettings(), PIP_CONFIG_FILE: config }
    const bench = await openWith(installer, { env: () => env })
    const packages = ['from-main', 'from-extra', 'from-folder']
    await bench.environments.create({ name: 'a', packages }, recordJob())
    const installed = await bench.environments.packages('a')
    expect(installed.map((one) => one.name)).toEqual(packages.toSorted())
    expect(mainIndex.asked).toContain('/simple/from-main/')
    expect(extraIndex.asked).toContain('/simple/from-extra/')
  })
})

it.skipIf(!hasUv)('lets uv’s own index settings go before those of pip', async () => {
  const [pips, uvs] = [tempFolder(), tempFolder()]
  writeWheel(pips, { name: 'which', version: '1.0' })
  writeWheel(uvs, { name: 'which', version: '2.0' })
  const [pipIndex, uvIndex] = [await serveIndex(pips), await serveIndex(uvs)]
  const env = { ...noIndexSettings(), PIP_INDEX_URL: pipIndex.url, UV_DEFAULT_INDEX: uvIndex.url }
  const bench = await openWith('uv', { env: () => env })
  await bench.environments.create({ name: 'a', packages: ['which'] }, recordJob())
  expect(await bench.environments.packages('a')).toEqual([{ name: 'which', version: '2.0' }])
  expect(pipIndex.asked).toEqual([])
})

it('makes do with the pip that comes with Python where the base interpreter has none', async () => {
  const wheels = path.join(tempFolder(), 'wheels')
  writeWheel(wheels, { name: 'thing', version: '1.0' })
  const bench = await openWith('pip', { env: () => onlyFrom(wheels) })
  bench.runtimes[0] = runtimeOf(pythonWithoutPip())
  await bench.environments.create({ name: 'a', packages: ['thing'] }, recordJob())
  expect((await bench.environments.packages('a')).map((one) => one.name)).toEqual(
    expect.arrayContaining(['pip', 'thing']),
  )
})

it('says what to do where there is no installer at all', async () => {
  const bench = await openWith('pip', { env: () => onlyFrom(path.join(tempFolder(), 'wheels')) })
  bench.runtimes[0] = runtimeOf(pythonWithoutPip())
  const { root } = await bench.environments.create({ name: 'a', packages: [] }, recordJob())
  // As on a Debian without python3-venv.
  const site = (await sitePackages(root, process.platform))!
  writeFileSync(path.join(site, 'sitecustomize.py'), 'import sys\nsys.modules["ensurepip"] = None\n')
  const failure = await failureOf(bench.environments.install({ name: 'a', packages: ['thing'] }, recordJob()))
  expect(failure.code).toBe('PACKAGES_FAILED')
  expect(failure.message).toContain('has no pip')
  expect(failure.hint).toContain('python3-venv')
})

it('says so where the settings want uv and there is none', async () => {
  const home = tempFolder()
  const bench = await openWith('pip', { home, env: () => onlyFrom(path.join(home, 'wheels')) })
  await bench.environments.create({ name: 'a', packages: [] }, recordJob())
  const without = openWorkbench(home, { env: { UV: undefined, PATH: '/nowhere', HOME: home } })
  await without.settings.update({ installer: 'uv' })
  const failure = await failureOf(without.environments.install({ name: 'a', packages: ['thing'] }, recordJob()))
  expect(failure).toMatchObject({ code: 'PACKAGES_FAILED', message: expect.stringContaining('no usable uv') })
})

it('finds out when a pip configuration sends packages elsewhere', async () => {
  const wheels = path.join(tempFolder(), 'wheels')
  writeWheel(wheels, { name: 'astray', version: '1.0' })
  const [config, elsewhere] = [path.join(tempFolder(), 'pip.conf'), tempFolder()]
  writeFileSync(config, `[install]\ntarget = ${elsewhere}\n`)
  const bench = await openWith('pip', { env: () => ({ ...onlyFrom(wheels), PIP_CONFIG_FILE: config }) })
  const failure = await failureOf(bench.environments.create({ name: 'a', packages: ['astray'] }, recordJob()))
  expect(failure.code).toBe('PACKAGES_FAILED')
  expect(failure.message).toContain('left out astray')
})

/** A virtual environment without pip, to stand on like on any interpreter. */
function pythonWithoutPip(): string {
  const folder = path.join(tempFolder(), 'no pip')
  mkdirSync(folder)
  execFileSync(localRuntime().executable, ['-I', '-m', 'venv', '--without-pip', folder])
  return environmentExecutable(folder, process.platform)
}
