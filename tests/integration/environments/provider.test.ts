import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, it, onTestFinished, test } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { onlyFrom, writeWheel } from './wheels.ts'
import { hasUv, openWith, withEachInstaller } from './with-installers.ts'
import { failureOf, openWorkbench, recordJob } from './workbench.ts'

/** A file with one profile. */
function profilesIn(home: string, id: string, packages: readonly string[], fields: object = {}): string {
  const file = path.join(home, 'shipped.json')
  const profile = { id, title: 'One', summary: 'For the tests', packages, ...fields }
  writeFileSync(file, JSON.stringify({ version: 1, profiles: [profile] }))
  return file
}

withEachInstaller((installer) => {
  it('has the packages of the profile that is called like the provider, and what is missing later', async () => {
    const home = tempFolder()
    const wheels = path.join(home, 'wheels é')
    writeWheel(wheels, { name: 'toolbox', version: '1.0', requires: ['helper'] })
    writeWheel(wheels, { name: 'helper', version: '1.0' })
    const profilesFile = profilesIn(home, 'my-provider', ['toolbox>=1'])
    const open = () => openWith(installer, { home, profilesFile, env: () => onlyFrom(wheels) })
    const bench = await open()
    const made = await bench.environments.ensureProvider({ provider: 'My-Provider' }, recordJob())
    expect(made).toMatchObject({ isChanged: true, environment: { name: 'my-provider', requirements: ['toolbox>=1'] } })
    expect(await bench.environments.packages('my-provider')).toEqual([
      { name: 'helper', version: '1.0' },
      { name: 'toolbox', version: '1.0' },
    ])

    const again = recordJob()
    expect(await bench.environments.ensureProvider({ provider: 'my-provider' }, again)).toEqual({
      isChanged: false,
      environment: made.environment,
    })
    expect(again.told).toEqual([])

    writeWheel(wheels, { name: 'toolbox', version: '1.2', requires: ['helper'] })
    profilesIn(home, 'my-provider', ['toolbox>=1.1', 'helper'])
    expect((await bench.environments.ensureProvider({ provider: 'my-provider' }, recordJob())).isChanged).toBe(true)
    expect(await bench.environments.packages('my-provider')).toContainEqual({ name: 'toolbox', version: '1.2' })
  })
})

test('a package that cannot be imported leaves no environment behind', async () => {
  const home = tempFolder()
  const wheels = path.join(home, 'wheels')
  const files = { 'broken.py': 'raise ImportError("libmissing.so is not there")\n' }
  writeWheel(wheels, { name: 'broken', version: '1.0', files })
  const profilesFile = profilesIn(home, 'broken-one', ['broken'])
  const bench = await openWith(hasUv ? 'uv' : 'pip', { home, profilesFile, env: () => onlyFrom(wheels) })
  const error = await failureOf(bench.environments.ensureProvider({ provider: 'broken-one' }, recordJob()))
  expect(error).toMatchObject({
    code: 'PACKAGES_FAILED',
    message: expect.stringContaining('libmissing.so is not there'),
    details: { failed: { broken: expect.any(String) } },
  })
  expect(existsSync(path.join(bench.layout.environments, 'broken-one'))).toBe(false)
})

test('optional packages come as far as they can be had, and nothing is tried twice', async () => {
  const home = tempFolder()
  const wheels = path.join(home, 'wheels é')
  writeWheel(wheels, { name: 'toolbox', version: '1.0' })
  writeWheel(wheels, { name: 'extra', version: '2.0' })
  writeWheel(wheels, { name: 'broken', version: '1.0', files: { 'broken.py': 'raise OSError("no such card")\n' } })
  const optional = ['extra', 'broken', 'absent', 'toolbox<1']
  const profilesFile = profilesIn(home, 'my-provider', ['toolbox'], { optional, imports: ['toolbox'] })
  const bench = await openWith(hasUv ? 'uv' : 'pip', { home, profilesFile, env: () => onlyFrom(wheels) })
  const { environment } = await bench.environments.ensureProvider({ provider: 'my-provider' }, recordJob())
  expect(environment).toMatchObject({ state: 'ready', requirements: ['toolbox', 'extra'] })
  expect(environment.skipped?.map(({ requirement }) => requirement)).toEqual(['broken', 'absent'])
  expect(environment.skipped?.[0]?.reason).toContain('no such card')
  const installed = (await bench.environments.packages('my-provider')).map(({ name }) => name)
  expect(installed).toEqual(['extra', 'toolbox'])
  expect(await bench.environments.findEnsured({ provider: 'my-provider' })).toEqual(environment)

  profilesIn(home, 'my-provider', ['toolbox'], { optional: ['extra', 'broken>=1'], imports: ['toolbox'] })
  expect(await bench.environments.findEnsured({ provider: 'my-provider' })).toBeUndefined()
})

test('a module that a profile names is imported, whatever its packages bring', async () => {
  const home = tempFolder()
  const wheels = path.join(home, 'wheels')
  writeWheel(wheels, { name: 'toolbox', version: '1.0' })
  const profilesFile = profilesIn(home, 'my-provider', ['toolbox'], { imports: ['toolbox', 'toolbox_core'] })
  const bench = await openWith(hasUv ? 'uv' : 'pip', { home, profilesFile, env: () => onlyFrom(wheels) })
  const error = await failureOf(bench.environments.ensureProvider({ provider: 'my-provider' }, recordJob()))
  expect(error).toMatchObject({
    code: 'PACKAGES_FAILED',
    details: { failed: { 'module:toolbox_core': expect.any(String) } },
  })
})

withEachInstaller((installer) => {
  it('takes packages of one GPU back end from their own index, and goes on to do so', async () => {
    const home = tempFolder()
    const asked: string[] = []
    const index = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(404).end()
    })
    await new Promise<void>((resolve) => void index.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void index.close())
    const url = (name: string) => `http://127.0.0.1:${(index.address() as AddressInfo).port}/${name}`
    const indexes = [
      { backend: 'cuda', minimum: '12.6', url: url('cu126') },
      { backend: 'cpu', url: url('cpu') },
    ]
    const wheels = path.join(home, 'wheels')
    writeWheel(wheels, { name: 'toolbox', version: '1.0' })
    const profilesFile = profilesIn(home, 'my-provider', ['toolbox'], { indexes })
    const env = () => ({ ...onlyFrom(wheels), PIP_NO_INDEX: undefined, PIP_INDEX_URL: url('usual'), PIP_RETRIES: '0' })
    const bench = await openWith(installer, { home, profilesFile, env })
    const { environment } = await bench.environments.ensureProvider(
      { provider: 'my-provider', gpu: 'cuda' },
      recordJob(),
    )
    expect(environment).toMatchObject({ gpu: 'cuda', state: 'ready' })
    expect(asked.filter((place) => place.startsWith('/cu126/'))).toEqual(['/cu126/toolbox/'])
    expect(asked.some((place) => place.startsWith('/cpu/'))).toBe(false)
    asked.splice(0)
    await failureOf(bench.environments.install({ name: 'my-provider', packages: ['other'] }, recordJob()))
    expect(asked).toContain('/cu126/other/')
  })
})

test('a provider without a profile gets an environment without packages; a model one of its own', async () => {
  const bench = openWorkbench(tempFolder())
  const [one, two] = await Promise.all([
    bench.environments.ensureProvider({ provider: 'my-provider' }, recordJob()),
    bench.environments.ensureProvider({ provider: 'my-provider', model: 'small' }, recordJob()),
  ])
  expect(one.environment).toMatchObject({ name: 'my-provider', state: 'ready', requirements: [] })
  expect(two.environment.name).toBe('my-provider--small')
})

test('what is there already is told without a process, whatever runs on it', async () => {
  const bench = openWorkbench(tempFolder())
  await bench.environments.create({ name: 'mine', packages: [] }, recordJob())
  bench.users.set('mine', ['demo'])
  // Without a Python nothing could be made.
  bench.runtimes.splice(0)
  const found = await bench.environments.ensureProvider({ provider: 'Mine' }, recordJob())
  expect(found).toMatchObject({ isChanged: false, environment: { name: 'mine', usedBy: ['demo'] } })
})

test('admin is ours, and what the border would have refused does not get out of the folder either', async () => {
  const bench = openWorkbench(tempFolder())
  expect((await failureOf(bench.environments.ensureProvider({ provider: 'Admin' }, recordJob()))).code).toBe(
    'PROTECTED',
  )
  const { environment } = await bench.environments.ensureProvider({ provider: '../x' }, recordJob())
  expect(path.relative(bench.layout.environments, environment.root)).toMatch(/^x~[0-9a-f]{8}$/u)
})
