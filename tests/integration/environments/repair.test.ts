import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { sitePackages } from '../../../core/environments/site-packages.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { packagesIn } from './package-bench.ts'
import { askTools, writeToolWheel, wrongHashes } from './tool-wheel.ts'
import { onlyFrom, writeWheel } from './wheels.ts'
import { openWith, withEachInstaller } from './with-installers.ts'
import { failureOf, localRuntime, openWorkbench, recordJob, runtimeOf, writeAdminRequirements } from './workbench.ts'
import type { InstallerName, Workbench } from './workbench.ts'

const name = 'é 1'

async function prepare(installer: InstallerName, packages = ['tool', 'needy']) {
  const wheels = path.join(tempFolder(), 'wheels')
  writeToolWheel(wheels)
  writeWheel(wheels, { name: 'needy', version: '1.0', requires: ['lonely'] })
  writeWheel(wheels, { name: 'lonely', version: '1.0', files: { 'lonely_data/a, b.txt': 'x' } })
  const bench = await openWith(installer, { env: () => onlyFrom(wheels) })
  const made = await bench.environments.create({ name, packages }, recordJob())
  const site = (await sitePackages(made.root, process.platform))!
  return { bench, made, site, wheels, repair: (job = recordJob()) => bench.environments.repair(name, job) }
}

/** As if the environment stood on a Python of another version, of which nothing is left. */
function loseRuntime(root: string): void {
  const file = path.join(root, '.beep-environment.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...manifest, python: '3.8.20', runtime: 'gone', base: '/gone/bin/python3.8' }))
  renameSync(path.join(root, 'lib', readdirSync(path.join(root, 'lib'))[0]!), path.join(root, 'lib', 'python3.8'))
  for (const link of readdirSync(path.join(root, 'bin')).filter((one) => one.startsWith('python')))
    rmSync(path.join(root, 'bin', link))
  symlinkSync('/gone/bin/python3.8', path.join(root, 'bin', 'python'))
}

function entriesOf(bench: Workbench): string[] {
  return readdirSync(bench.layout.environments).filter((one) => !one.startsWith('.'))
}

withEachInstaller((installer) => {
  it('does nothing to one that is sound, used or not, and says so', async () => {
    const { bench, made, repair } = await prepare(installer)
    bench.users.set(name, ['web'])
    const before = await bench.environments.get(name)
    expect(await repair()).toEqual({ ...before, repairs: [] })
    expect(readdirSync(bench.layout.environments).sort()).toEqual([name])
    expect(existsSync(path.join(made.root, '.beep-unfinished.json'))).toBe(false)
  })

  it('finds damage that nobody knows of, and puts the same version in again', async () => {
    const { bench, site, wheels, repair } = await prepare(installer)
    writeWheel(wheels, { name: 'lonely', version: '2.0' })
    rmSync(path.join(site, 'lonely_data', 'a, b.txt'))
    writeFileSync(path.join(site, 'tool_main.py'), '')
    expect((await bench.environments.get(name)).state).toBe('ready')
    bench.users.set(name, ['web'])
    expect((await failureOf(repair())).code).toBe('IN_USE')
    bench.users.clear()
    const repaired = await repair()
    expect(repaired).toMatchObject({ state: 'ready', repairs: ['reinstalled'], requirements: ['tool', 'needy'] })
    expect(existsSync(path.join(site, 'lonely_data', 'a, b.txt'))).toBe(true)
    expect(readFileSync(path.join(site, 'tool_main.py'), 'utf8')).toContain('def main')
    expect(await packagesIn(bench, name)).toEqual({ lonely: '1.0', needy: '1.0', tool: '1.0' })
    expect((await repair()).repairs).toEqual([])
  })

  it('takes another version where the old one cannot be had any more', async () => {
    const { bench, site, wheels, repair } = await prepare(installer)
    rmSync(path.join(site, 'lonely.py'))
    rmSync(path.join(wheels, 'lonely-1.0-py3-none-any.whl'))
    expect((await failureOf(repair())).code).toBe('PACKAGES_FAILED')
    expect((await bench.environments.get(name)).state).toBe('broken')
    writeWheel(wheels, { name: 'lonely', version: '2.0' })
    expect((await repair()).repairs).toEqual(['reinstalled'])
    expect((await packagesIn(bench, name))['lonely']).toBe('2.0')
  })

  it('makes anew what no Python is there for, with what was put in by hand; the old one can be had back', async () => {
    const { bench, made, repair } = await prepare(installer)
    await bench.environments.uninstall({ name, packages: ['needy'] }, recordJob())
    loseRuntime(made.root)
    expect((await bench.environments.get(name)).problem?.code).toBe('PYTHON_MISSING')
    const repaired = await repair()
    expect(repaired).toMatchObject({
      state: 'ready',
      repairs: ['remade'],
      runtime: 'local',
      python: localRuntime().version,
    })
    expect(repaired.requirements).toEqual(['tool', 'lonely'])
    expect(repaired.createdAt).toBe(made.createdAt)
    expect(await packagesIn(bench, name)).toEqual({ lonely: '1.0', tool: '1.0' })
    const [old] = await bench.environments.trash()
    expect(old).toMatchObject({ name })
    await bench.environments.remove({ name, permanent: true }, recordJob())
    expect((await bench.environments.restore(old!.id, recordJob())).problem?.code).toBe('PYTHON_MISSING')
  })

  it('puts the old one back when it cannot be made anew', async () => {
    const { bench, made, wheels, repair } = await prepare(installer)
    loseRuntime(made.root)
    const before = await bench.environments.get(name)
    rmSync(wheels, { recursive: true })
    mkdirSync(wheels)
    expect((await failureOf(repair())).code).toBe('PACKAGES_FAILED')
    expect(await bench.environments.get(name)).toEqual(before)
    expect(await bench.environments.trash()).toEqual([])
    expect(readdirSync(bench.layout.trash)).toEqual([])
    const job = recordJob((told, self) => {
      if (told.title.startsWith('Making')) self.abort.abort()
    })
    expect((await failureOf(repair(job))).code).toBe('CANCELLED')
    expect(await bench.environments.get(name)).toEqual(before)
    expect(entriesOf(bench)).toEqual([name])
  })
})

it.each([
  [
    'its interpreter',
    (root: string) => {
      for (const link of readdirSync(path.join(root, 'bin')))
        if (link.startsWith('python')) rmSync(path.join(root, 'bin', link))
    },
  ],
  ['what makes it an environment', (root: string) => rmSync(path.join(root, 'pyvenv.cfg'))],
  [
    'the Python that it stood on',
    (root: string) => {
      rmSync(path.join(root, 'bin', 'python'))
      symlinkSync('/gone/python3', path.join(root, 'bin', 'python'))
    },
  ],
])('keeps the packages of one that has lost %s, without an index', async (_what, lose) => {
  const { bench, made, site, wheels, repair } = await prepare('pip')
  rmSync(wheels, { recursive: true })
  writeFileSync(path.join(made.root, 'notes é.txt'), 'mine')
  lose(made.root)
  expect((await bench.environments.get(name)).state).toBe('broken')
  const repaired = await repair()
  expect(repaired).toMatchObject({ state: 'ready', repairs: ['relinked'], requirements: made.requirements })
  expect(repaired.createdAt).toBe(made.createdAt)
  expect(askTools(made.root, ['tool'])).toEqual([made.root])
  expect(readFileSync(path.join(made.root, 'notes é.txt'), 'utf8')).toBe('mine')
  expect(existsSync(path.join(site, 'lonely_data', 'a, b.txt'))).toBe(true)
  expect(await bench.environments.trash()).toEqual([])
  expect(readdirSync(bench.layout.trash)).toEqual([])
})

it('one whose commands are gone, too, gets its packages anew', async () => {
  const { bench, made, wheels, repair } = await prepare('pip')
  rmSync(path.join(made.root, 'bin'), { recursive: true })
  renameSync(wheels, `${wheels} away`)
  mkdirSync(wheels)
  expect((await failureOf(repair())).code).toBe('PACKAGES_FAILED')
  // Half of it is done, and the other half is known.
  expect((await bench.environments.get(name)).problem?.code).toBe('PACKAGES_FAILED')
  rmSync(wheels, { recursive: true })
  renameSync(`${wheels} away`, wheels)
  expect(await repair()).toMatchObject({ state: 'ready', repairs: ['reinstalled'] })
  expect(askTools(made.root, ['tool'])).toEqual([made.root])
})

it('goes over to another Python of the same version when the recorded one is gone', async () => {
  const { bench, made, repair } = await prepare('pip')
  const python = path.join(tempFolder(), 'bin', 'python3')
  mkdirSync(path.dirname(python))
  symlinkSync(localRuntime().executable, python)
  bench.runtimes.splice(0, 1, runtimeOf(python, 'other'))
  rmSync(path.join(made.root, 'bin', 'python'))
  symlinkSync('/gone/python3', path.join(made.root, 'bin', 'python'))
  expect(await repair()).toMatchObject({ state: 'ready', repairs: ['relinked'], runtime: 'other' })
  bench.runtimes.length = 0
  rmSync(path.join(made.root, 'bin', 'python'))
  expect(await failureOf(repair())).toMatchObject({ code: 'PYTHON_MISSING', hint: expect.stringContaining('init') })
})

it('settles an environment where it was moved or copied to, damage and all', async () => {
  const { bench, made } = await prepare('pip')
  const copy = path.join(bench.layout.environments, 'ü 2')
  cpSync(made.root, copy, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
  rmSync((await sitePackages(copy, process.platform))! + '/lonely.py')
  expect((await bench.environments.get('ü 2')).problem?.code).toBe('PATH_UNUSABLE')
  const repaired = await bench.environments.repair('ü 2', recordJob())
  expect(repaired).toMatchObject({ name: 'ü 2', root: copy, state: 'ready', repairs: ['relinked', 'reinstalled'] })
  expect(askTools(copy, ['tool'])).toEqual([copy])
  expect(await wrongHashes(copy)).toEqual([])
  expect(askTools(made.root, ['tool'])).toEqual([made.root])
  expect((await bench.environments.get(name)).state).toBe('ready')

  // The whole data root, as users move it to another disk.
  const moved = path.join(tempFolder(), 'elsewhere')
  renameSync(bench.home, moved)
  const there = openWorkbench(moved)
  await there.settings.update({ installer: 'pip' })
  expect(await there.environments.repair(name, recordJob())).toMatchObject({ state: 'ready', repairs: ['relinked'] })
  expect(askTools(path.join(there.layout.environments, name), ['tool'])).toEqual([
    path.join(there.layout.environments, name),
  ])
})

it('takes out what keeps the interpreter from starting', async () => {
  const { bench, site, wheels, repair } = await prepare('pip')
  const poison = 'import os; os._exit(7)\n'
  writeWheel(wheels, { name: 'poison', version: '1.0', files: { 'poison.pth': poison } })
  const failure = await failureOf(bench.environments.install({ name, packages: ['poison'] }, recordJob()))
  expect(failure.details).toMatchObject({ isRolledBack: true })
  expect(await repair()).toMatchObject({ state: 'ready', repairs: [] })
  writeFileSync(path.join(site, 'poison.pth'), poison)
  expect(await repair()).toMatchObject({ state: 'ready', repairs: ['remade'], requirements: ['tool', 'needy'] })
  expect(await packagesIn(bench, name)).toEqual({ lonely: '1.0', needy: '1.0', tool: '1.0' })
})

it('refuses what it cannot put right, and what is not its business', async () => {
  const { bench, made, repair } = await prepare('pip')
  expect((await failureOf(bench.environments.repair('nowhere', recordJob()))).code).toBe('NOT_FOUND')
  writeAdminRequirements(bench)
  await bench.environments.ensureAdmin(recordJob())
  expect((await failureOf(bench.environments.repair('admin', recordJob()))).code).toBe('PROTECTED')
  rmSync(path.join(made.root, 'pyvenv.cfg'))
  bench.users.set(name, ['web'])
  expect((await failureOf(repair())).code).toBe('IN_USE')
  writeFileSync(path.join(made.root, '.beep-environment.json'), '{"version":2}')
  expect((await failureOf(repair())).code).toBe('FILE_UNREADABLE')
})
