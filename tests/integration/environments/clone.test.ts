import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { sitePackages } from '../../../core/environments/site-packages.ts'
import { makeLaunchers } from '../../../core/environments/carry/launchers.ts'
import type { Room } from '../../../core/environments/room.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { askTools, writeToolWheel, wrongHashes } from './tool-wheel.ts'
import { onlyFrom, writeWheel } from './wheels.ts'
import { openWith, withEachInstaller } from './with-installers.ts'
import { failureOf, localRuntime, recordJob, writeAdminRequirements } from './workbench.ts'
import type { InstallerName } from './workbench.ts'

const name = 'é 1'

/** An environment with commands, data and files of the user's, whose index is gone by now. */
async function prepare(installer: InstallerName) {
  const wheels = path.join(tempFolder(), 'wheels')
  writeToolWheel(wheels)
  writeWheel(wheels, { name: 'needy', version: '1.0', requires: ['lonely'] })
  writeWheel(wheels, { name: 'lonely', version: '1.0' })
  const bench = await openWith(installer, { env: () => onlyFrom(wheels) })
  const made = await bench.environments.create({ name, packages: ['tool', 'needy>=1'] }, recordJob())
  // Not every pip makes the scripts of a wheel executable whose archive does not.
  chmodSync(path.join(made.root, 'bin', 'tool-script'), 0o755)
  const site = (await sitePackages(made.root, process.platform))!
  writeFileSync(path.join(site, 'editable.pth'), `${made.root}/src/mine\n/elsewhere\n`)
  mkdirSync(path.join(made.root, 'src', 'mine'), { recursive: true })
  writeFileSync(path.join(made.root, 'src', 'mine', 'mine.py'), 'value = 7\n')
  symlinkSync(path.join(made.root, 'src'), path.join(made.root, 'link'))
  rmSync(wheels, { recursive: true })
  return { bench, made, site }
}

withEachInstaller((installer) => {
  it('makes the very same environment elsewhere, without an index', async () => {
    const { bench, made } = await prepare(installer)
    const as = "ü it's 2"
    bench.users.set(name, ['web'])
    const job = recordJob()
    const cloned = await bench.environments.clone({ name, as }, job)
    const root = path.join(bench.layout.environments, as)
    expect(cloned).toMatchObject({
      name: as,
      root,
      state: 'ready',
      runtime: made.runtime,
      python: made.python,
      requirements: ['tool', 'needy>=1'],
      usedBy: [],
    })
    expect(await bench.environments.packages(as)).toEqual(await bench.environments.packages(name))
    expect(askTools(root)).toEqual([root, root])
    expect(askTools(made.root, ['tool'])).toEqual([made.root])
    // In the old one pip has written a first line that no system understands, for the space in it; here it works.
    expect(await wrongHashes(root)).toEqual([])
    expect(readFileSync(path.join(root, 'share', 'tool', 'conf.json'), 'utf8')).toBe('{"a":1}')
    expect(readlinkSync(path.join(root, 'link'))).toBe(path.join(root, 'src'))
    const print = 'import mine, sys; print(mine.value, mine.__file__)'
    const said = execFileSync(cloned.executable, ['-c', print], { encoding: 'utf8' })
    expect(said).toBe(`7 ${root}/src/mine/mine.py\n`)
    expect(job.told).toContainEqual(
      expect.objectContaining({ title: `Copying ${name} to ${as}`, fraction: expect.any(Number) }),
    )
    // Nothing in the new one speaks of the old one any more, but for byte code, which Python corrects as it loads it.
    const found = spawnSync('grep', ['-rIl', '--exclude=*.pyc', '-F', `${made.root}/`, root], { encoding: 'utf8' })
    expect([found.status, found.stdout]).toEqual([1, ''])
    expect(readdirSync(bench.layout.staging)).toEqual([])
    expect(existsSync(path.join(root, '.beep-unfinished.json'))).toBe(false)
  })

  it('each can be changed without the other', async () => {
    const { bench, made } = await prepare(installer)
    const { root } = await bench.environments.clone({ name, as: 'two' }, recordJob())
    await bench.environments.uninstall({ name: 'two', packages: ['tool', 'lonely'] }, recordJob())
    expect(existsSync(path.join(root, 'bin', 'tool'))).toBe(false)
    expect(existsSync(path.join(root, 'share', 'tool', 'conf.json'))).toBe(false)
    expect(askTools(made.root, ['tool'])).toEqual([made.root])
    expect((await bench.environments.packages(name)).map((one) => one.name)).toEqual(['lonely', 'needy', 'tool'])
    const again = await bench.environments.clone({ name: 'two', as: 'three' }, recordJob())
    expect(again.requirements).toEqual(['needy>=1'])
  })
})

it('shares no file with the old one, and keeps times, since byte code lives by them', async () => {
  const { bench, site } = await prepare('pip')
  const { root } = await bench.environments.clone({ name, as: 'b' }, recordJob())
  const [old, fresh] = [site, (await sitePackages(root, process.platform))!].map((folder) =>
    lstatSync(path.join(folder, 'tool_main.py')),
  )
  expect(fresh!.ino).not.toBe(old!.ino)
  expect(Math.floor(fresh!.mtimeMs / 1000)).toBe(Math.floor(old!.mtimeMs / 1000))
})

it('refuses what cannot be copied, and names that cannot be taken', async () => {
  const { bench, made, site } = await prepare('pip')
  const clone = (from: string, as: string) => failureOf(bench.environments.clone({ name: from, as }, recordJob()))
  expect((await clone('nowhere', 'b')).code).toBe('NOT_FOUND')
  expect((await clone(name, 'É 1')).code).toBe('NAME_TAKEN')
  expect((await clone(name, 'admin')).code).toBe('PROTECTED')
  expect((await clone(name, '../b')).code).toBe('INVALID_PARAMS')
  bench.users.set('b', ['web'])
  expect((await clone(name, 'b')).code).toBe('IN_USE')
  bench.users.clear()
  writeAdminRequirements(bench)
  await bench.environments.ensureAdmin(recordJob())
  expect((await clone('Admin', 'b')).code).toBe('PROTECTED')
  bench.runtimes[0] = { ...localRuntime(), version: '3.8.1' }
  expect(await clone(name, 'b')).toMatchObject({ code: 'PYTHON_BROKEN' })
  bench.runtimes[0] = { ...localRuntime(), id: 'renamed' }
  expect((await bench.environments.clone({ name, as: 'renamed' }, recordJob())).runtime).toBe('renamed')

  rmSync(path.join(made.root, 'pyvenv.cfg'))
  const broken = await clone(name, 'b')
  expect(broken.code).toBe('PYTHON_BROKEN')
  expect(broken.hint).toContain('venv repair')
  expect(existsSync(site)).toBe(true)
  expect(
    readdirSync(bench.layout.environments)
      .filter((one) => !one.startsWith('.'))
      .sort(),
  ).toEqual(['admin', 'renamed', name])
})

it('leaves nothing when it is cancelled half-way', async () => {
  const { bench } = await prepare('pip')
  const job = recordJob((told, self) => {
    if (told.title.startsWith('Copying')) self.abort.abort()
  })
  expect((await failureOf(bench.environments.clone({ name, as: 'b' }, job))).code).toBe('CANCELLED')
  expect(readdirSync(bench.layout.environments)).toEqual([name])
  expect(readdirSync(bench.layout.staging)).toEqual([])
})

it.skipIf(process.platform === 'win32')(
  'launchers are made by the pip of the base, and by the one that Python brings',
  async () => {
    const { bench, made } = await prepare('pip')
    const folder = path.join(made.root, 'bin')
    const room = { env: bench.env, platform: process.platform } as unknown as Room
    const place = { folder, executable: made.executable }
    const entryPoint = { name: 'again', spec: 'again = tool_main:main', isGui: false }
    const signal = new AbortController().signal
    // An environment's own interpreter has no pip, and falls back to what comes with Python.
    for (const base of [localRuntime().executable, made.executable]) {
      rmSync(path.join(folder, 'again'), { force: true })
      const files = await makeLaunchers(room, base, place, [entryPoint], signal)
      expect(files).toEqual([path.join(folder, 'again')])
      expect(execFileSync(files[0]!, { encoding: 'utf8' }).trim()).toBe(made.root)
    }
    expect(await makeLaunchers(room, '/nowhere', place, [], signal)).toEqual([])
  },
)
