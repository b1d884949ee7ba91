import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { isAppError } from '../../../contract/index.ts'
import { onlyFrom, writeWheel } from './wheels.ts'
import { openWith, withEachInstaller } from './with-installers.ts'
import { failureOf, localRuntime, openWorkbench, recordJob } from './workbench.ts'
import { tempFolder } from '../../tools/temp-folder.ts'

withEachInstaller((installer) => {
  it('makes an environment whose interpreter is its own', async () => {
    const bench = await openWith(installer)
    const made = await bench.environments.create({ name: 'Übung eins', packages: [] }, recordJob())

    const root = path.join(bench.layout.environments, 'Übung eins')
    expect(made).toMatchObject({ name: 'Übung eins', root, kind: 'user', runtime: 'local', state: 'ready', usedBy: [] })
    expect(made.python).toBe(localRuntime().version)
    expect(made.sizeBytes).toBeGreaterThan(0)
    const prefix = execFileSync(made.executable, ['-I', '-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' })
    expect(prefix.trim()).toBe(root)
    expect(await bench.environments.packages('Übung eins')).toEqual([])
    expect(await bench.environments.get('Übung eins')).toEqual(made)
    expect(await bench.environments.list()).toEqual([made])
    expect(await bench.environments.leftovers()).toEqual([])
    expect(readdirSync(bench.layout.staging)).toEqual([])
    expect(readdirSync(bench.layout.locks).filter((lock) => lock.startsWith('environment-'))).toEqual([])
  })

  it('installs the packages asked for together with what they need', async () => {
    const bench = await openWith(installer, { env: (home) => onlyFrom(path.join(home, 'wheels here')) })
    const wheels = path.join(bench.home, 'wheels here')
    writeWheel(wheels, { name: 'needy', version: '1.0', requires: ['Helper.One>=2'] })
    writeWheel(wheels, { name: 'helper-one', version: '1.0' })
    writeWheel(wheels, { name: 'helper-one', version: '2.5' })
    const job = recordJob()
    const made = await bench.environments.create(
      { name: 'avec paquets', packages: ['needy >= 1', 'helper_one<3'] },
      job,
    )

    expect(made.requirements).toEqual(['needy >= 1', 'helper_one<3'])
    expect(await bench.environments.packages(made.name)).toEqual([
      { name: 'helper-one', version: '2.5' },
      { name: 'needy', version: '1.0' },
    ])
    const print = 'import needy, helper_one; print(needy.version, helper_one.version)'
    expect(execFileSync(made.executable, ['-I', '-c', print], { encoding: 'utf8' })).toBe('1.0 2.5\n')
    expect(job.told.every((progress) => progress.fraction === null)).toBe(true)
    expect(job.told.map((progress) => progress.title)).toContain('Installing needy, helper_one into avec paquets')
    expect(job.told.some((progress) => /^Installing (needy|helper|2 packages)/u.test(progress.detail ?? ''))).toBe(true)
  })

  it('begins with profiles and packages, all in one resolve', async () => {
    const home = tempFolder()
    const profilesFile = path.join(home, 'profiles.json')
    const profile = { title: 'T', summary: 's' }
    writeFileSync(
      profilesFile,
      JSON.stringify({
        version: 1,
        profiles: [
          { id: 'one', ...profile, packages: ['needy>=1'] },
          { id: 'two', ...profile, includes: ['one'], packages: ['lonely'] },
        ],
      }),
    )
    const bench = await openWith(installer, { home, profilesFile, env: () => onlyFrom(path.join(home, 'wheels')) })
    const wheels = path.join(home, 'wheels')
    writeWheel(wheels, { name: 'needy', version: '1.0', requires: ['helper'] })
    writeWheel(wheels, { name: 'lonely', version: '1.0' })
    writeWheel(wheels, { name: 'helper', version: '1.0' })
    writeWheel(wheels, { name: 'helper', version: '2.0' })
    const plan = { name: 'é', packages: ['helper<2'], profiles: ['two', 'one'] }
    const made = await bench.environments.create(plan, recordJob())
    expect(made.requirements).toEqual(['needy>=1', 'lonely', 'helper<2'])
    const names = (await bench.environments.packages('é')).map((one) => `${one.name} ${one.version}`)
    expect(names).toEqual(['helper 1.0', 'lonely 1.0', 'needy 1.0'])

    const failure = await failureOf(bench.environments.create({ ...plan, name: 'b', profiles: ['none'] }, recordJob()))
    expect(failure).toMatchObject({ code: 'NOT_FOUND', hint: 'There are: one, two.' })
    expect(readdirSync(bench.layout.environments)).toEqual(['é'])
  })

  it('leaves nothing of one whose packages cannot be had', async () => {
    const bench = await openWith(installer, { env: (home) => onlyFrom(path.join(home, 'wheels')) })
    const failure = await failureOf(
      bench.environments.create({ name: 'rien', packages: ['no-such-package'] }, recordJob()),
    )
    expect(failure.code).toBe('PACKAGES_FAILED')
    expect(readdirSync(bench.layout.environments)).toEqual([])
    expect(readdirSync(bench.layout.staging)).toEqual([])
  })
})

it('takes the runtime that is named, and says which there is not', async () => {
  const bench = openWorkbench(tempFolder())
  bench.runtimes.push({ ...localRuntime(), id: 'other' })
  const made = await bench.environments.create({ name: 'a', runtime: 'other', packages: [] }, recordJob())
  expect(made.runtime).toBe('other')
  const failure = await failureOf(bench.environments.create({ name: 'b', runtime: 'none', packages: [] }, recordJob()))
  expect(failure.code).toBe('NOT_FOUND')
})

it('refuses a broken runtime with its reason, and one that is no Python', async () => {
  const bench = openWorkbench(tempFolder())
  const problem = { code: 'PYTHON_BROKEN', message: 'it has no ssl', hint: 'Install ssl.' } as const
  bench.runtimes.unshift({ ...localRuntime(), id: 'broken', state: 'broken', problem })
  const refused = await failureOf(bench.environments.create({ name: 'a', packages: [] }, recordJob()))
  expect(refused).toMatchObject({ code: 'PYTHON_BROKEN', hint: 'Install ssl.' })
  expect(refused.message).toContain('it has no ssl')

  await bench.settings.update({ installer: 'pip' })
  bench.runtimes[0] = { ...localRuntime(), executable: process.execPath }
  const failed = await failureOf(bench.environments.create({ name: 'a', packages: [] }, recordJob()))
  expect(failed.code).toBe('PYTHON_BROKEN')
  expect(failed.details).toMatchObject({
    argv: [process.execPath, '-I', '-X', 'utf8', '-m', 'venv', '--without-pip', expect.any(String)],
  })
  expect(readdirSync(bench.layout.environments)).toEqual([])
})

it('takes a name once, whatever its case and its Unicode form', async () => {
  const bench = openWorkbench(tempFolder())
  await bench.environments.create({ name: 'Été', packages: [] }, recordJob())
  for (const name of ['Été', 'été', 'Été'.normalize('NFD')]) {
    const failure = await failureOf(bench.environments.create({ name, packages: [] }, recordJob()))
    expect(failure.code).toBe('NAME_TAKEN')
    expect(failure.message).toContain('Été')
  }
  expect((await bench.environments.get('Été'.normalize('NFD'))).name).toBe('Été')
  const missing = await failureOf(bench.environments.get('été'))
  expect(missing).toMatchObject({ code: 'NOT_FOUND', hint: 'Did you mean Été?' })
})

it('keeps `admin` to itself', async () => {
  const bench = openWorkbench(tempFolder())
  for (const name of ['admin', 'Admin', 'ADMIN']) {
    const refused = [
      bench.environments.create({ name, packages: [] }, recordJob()),
      bench.environments.install({ name, packages: ['six'] }, recordJob()),
      bench.environments.remove({ name, permanent: true }, recordJob()),
    ]
    for (const one of refused) expect((await failureOf(one)).code).toBe('PROTECTED')
  }
  expect((await failureOf(bench.environments.ensure('Admin', recordJob()))).code).toBe('PROTECTED')
  expect(readdirSync(bench.layout.environments)).toEqual([])
})

it('never builds a path from a bad name', async () => {
  const bench = openWorkbench(tempFolder())
  const before = readdirSync(bench.home).sort()
  for (const name of ['..', '../outside', '/tmp/x', 'a/b', 'nul', '.hidden', 'x.']) {
    expect((await failureOf(bench.environments.create({ name, packages: [] }, recordJob()))).code).toBe(
      'INVALID_PARAMS',
    )
    expect((await failureOf(bench.environments.get(name))).code).toBe('NOT_FOUND')
    expect((await failureOf(bench.environments.remove({ name, permanent: true }, recordJob()))).code).toBe('NOT_FOUND')
    expect((await failureOf(bench.environments.packages(name))).code).toBe('NOT_FOUND')
  }
  expect(readdirSync(bench.home).sort()).toEqual(before)
})

it('hands no option and no file to an installer, even past the contract', async () => {
  const bench = openWorkbench(tempFolder())
  await bench.environments.create({ name: 'a', packages: [] }, recordJob())
  for (const requirement of [
    '--index-url=http://x',
    '-r file',
    'git+https://x/y',
    './local',
    'evil-1.0.tar.gz',
    'a @ file:///x',
  ]) {
    const failure = await failureOf(bench.environments.install({ name: 'a', packages: [requirement] }, recordJob()))
    expect(failure.code).toBe('INVALID_PARAMS')
  }
})

it('keeps a folder that is not ours, and uses an empty one', async () => {
  const bench = openWorkbench(tempFolder())
  const foreign = path.join(bench.layout.environments, 'mine')
  mkdirSync(foreign)
  writeFileSync(path.join(foreign, 'thesis.txt'), 'years of work')
  for (const name of ['begun', 'empty']) mkdirSync(path.join(bench.layout.environments, name))
  // Killed while it wrote its very first file.
  writeFileSync(path.join(bench.layout.environments, 'begun', '..beep-unfinished.json.4711.0badcafe.tmp'), '{"ver')
  writeFileSync(path.join(bench.layout.environments, 'file'), '')

  expect(await bench.environments.list()).toEqual([])
  expect((await failureOf(bench.environments.create({ name: 'mine', packages: [] }, recordJob()))).code).toBe(
    'NAME_TAKEN',
  )
  expect((await failureOf(bench.environments.create({ name: 'file', packages: [] }, recordJob()))).code).toBe(
    'NAME_TAKEN',
  )
  expect((await failureOf(bench.environments.remove({ name: 'mine', permanent: true }, recordJob()))).code).toBe(
    'NOT_FOUND',
  )
  expect(await bench.environments.leftovers()).toMatchObject([
    { name: 'begun', state: 'unfinished' },
    { name: 'empty', state: 'unfinished' },
    { name: 'mine', state: 'foreign' },
  ])
  expect((await bench.environments.create({ name: 'empty', packages: [] }, recordJob())).state).toBe('ready')
  expect(await bench.environments.sweep()).toEqual(['begun'])
  expect(readFileSync(path.join(foreign, 'thesis.txt'), 'utf8')).toBe('years of work')
})

it('ensures: makes what is not there, gives what is', async () => {
  const bench = openWorkbench(tempFolder())
  const [first, second] = await Promise.all([
    bench.environments.ensure('dé mo', recordJob()),
    bench.environments.ensure('dé mo', recordJob()),
  ])
  expect(first).toEqual(second)
  expect(await bench.environments.ensure('dé mo', recordJob())).toEqual(first)
})

it('of two creations of one name, one wins', async () => {
  const bench = openWorkbench(tempFolder())
  const outcomes = await Promise.allSettled([
    bench.environments.create({ name: 'twice', packages: [] }, recordJob()),
    bench.environments.create({ name: 'Twice', packages: [] }, recordJob()),
  ])
  const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
  expect(failed).toHaveLength(1)
  expect(isAppError(failed[0], 'NAME_TAKEN')).toBe(true)
  expect(await bench.environments.list()).toHaveLength(1)
})

it('removes the half-made one when it is cancelled', async () => {
  const bench = openWorkbench(tempFolder())
  const job = recordJob((_progress, self) => self.abort.abort())
  const failure = await failureOf(bench.environments.create({ name: 'never', packages: [] }, job))
  expect(failure.code).toBe('CANCELLED')
  expect(existsSync(path.join(bench.layout.environments, 'never'))).toBe(false)
  expect(readdirSync(bench.layout.staging)).toEqual([])
})
