import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, test } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { onlyFrom, writeWheel } from './wheels.ts'
import { openWith, withEachInstaller } from './with-installers.ts'
import { failureOf, openWorkbench, recordJob } from './workbench.ts'

/** A file with one profile. */
function profilesIn(home: string, id: string, packages: readonly string[]): string {
  const file = path.join(home, 'profiles.json')
  const profile = { id, title: 'One', summary: 'For the tests', packages }
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
  const bench = await openWith('pip', { home, profilesFile, env: () => onlyFrom(wheels) })
  const error = await failureOf(bench.environments.ensureProvider({ provider: 'broken-one' }, recordJob()))
  expect(error).toMatchObject({
    code: 'PACKAGES_FAILED',
    message: expect.stringContaining('libmissing.so is not there'),
    details: { failed: { broken: expect.any(String) } },
  })
  expect(existsSync(path.join(bench.layout.environments, 'broken-one'))).toBe(false)
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
