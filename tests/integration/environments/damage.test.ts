import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { sitePackages } from '../../../core/environments/site-packages.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { onlyFrom, writeWheel } from './wheels.ts'
import { openWith, withEachInstaller } from './with-installers.ts'
import { failureOf, recordJob } from './workbench.ts'

withEachInstaller((installer) => {
  /** An environment with the packages `multi` and `lonely`, and the marker of an installation whose host was killed. */
  async function interrupted() {
    const wheels = path.join(tempFolder(), 'wheels')
    writeWheel(wheels, {
      name: 'multi',
      version: '1.0',
      files: { 'multi_data/table, 1.txt': 'x', 'multi_data/__init__.py': '' },
    })
    writeWheel(wheels, { name: 'lonely', version: '1.0' })
    const bench = await openWith(installer, { env: () => onlyFrom(wheels) })
    const { root } = await bench.environments.create({ name: 'é', packages: ['multi', 'lonely'] }, recordJob())
    const { pid } = spawnSync(process.execPath, ['--version'])
    const marker = {
      version: 1,
      work: 'install',
      owner: { pid, start: '1' },
      startedAt: new Date().toISOString(),
      requirements: ['lonely'],
    }
    writeFileSync(path.join(root, '.beep-unfinished.json'), JSON.stringify(marker))
    const site = (await sitePackages(root, process.platform))!
    return { ...bench, root, site, wheels }
  }

  it('an installation that was cut off before it changed anything harms nothing', async () => {
    const { environments } = await interrupted()
    expect((await environments.get('é')).state).toBe('ready')
  })

  it('a package that has lost a file is named, and the next installation puts it right', async () => {
    const { environments, site, root } = await interrupted()
    rmSync(path.join(site, 'multi_data', 'table, 1.txt'))
    const broken = await environments.get('é')
    expect(broken).toMatchObject({
      state: 'broken',
      problem: { code: 'PACKAGES_FAILED', details: { incomplete: ['multi'] } },
    })
    expect((await failureOf(environments.ensure('é', recordJob()))).message).toContain('incomplete: multi')

    const mended = await environments.install({ name: 'é', packages: ['lonely'] }, recordJob())
    expect(mended.state).toBe('ready')
    expect(existsSync(path.join(site, 'multi_data', 'table, 1.txt'))).toBe(true)
    expect(existsSync(path.join(root, '.beep-unfinished.json'))).toBe(false)
  })

  it('a repair that fails does not pass for one that was made', async () => {
    const { environments, site, wheels } = await interrupted()
    rmSync(path.join(site, 'multi.py'))
    const store = `${wheels} elsewhere`
    renameSync(wheels, store)
    mkdirSync(wheels)
    const failure = await failureOf(environments.install({ name: 'é', packages: ['lonely'] }, recordJob()))
    expect(failure.code).toBe('PACKAGES_FAILED')
    expect(await environments.get('é')).toMatchObject({
      state: 'broken',
      problem: { details: { incomplete: ['multi'] } },
    })

    rmSync(wheels, { recursive: true })
    renameSync(store, wheels)
    expect((await environments.install({ name: 'é', packages: ['lonely'] }, recordJob())).state).toBe('ready')
    expect(existsSync(path.join(site, 'multi.py'))).toBe(true)
  })

  it('a package that was being replaced comes back', async () => {
    const { environments, site } = await interrupted()
    // What pip does first when it replaces a package: both folders aside, under a name with a tilde.
    renameSync(path.join(site, 'lonely-1.0.dist-info'), path.join(site, '~onely-1.0.dist-info'))
    rmSync(path.join(site, 'lonely.py'))
    expect((await environments.get('é')).state).toBe('broken')

    expect((await environments.install({ name: 'é', packages: ['multi'] }, recordJob())).state).toBe('ready')
    expect(existsSync(path.join(site, 'lonely.py'))).toBe(true)
    expect(readdirSync(site).filter((entry) => entry.startsWith('~'))).toEqual([])
  })
})

it('a package after which the interpreter does not start any more goes at once', async () => {
  const wheels = path.join(tempFolder(), 'wheels')
  writeWheel(wheels, { name: 'poison', version: '1.0', files: { 'poison.pth': 'import os; os._exit(7)\n' } })
  const bench = await openWith('pip', { env: () => onlyFrom(wheels) })
  await bench.environments.create({ name: 'é', packages: [] }, recordJob())
  const failure = await failureOf(bench.environments.install({ name: 'é', packages: ['poison'] }, recordJob()))
  expect(failure).toMatchObject({ code: 'PYTHON_BROKEN', details: { exitCode: 7 } })
  expect(failure.hint).toContain('Environment é is as it was before.')
  expect(await bench.environments.get('é')).toMatchObject({ state: 'ready', requirements: [] })
  expect(await bench.environments.packages('é')).toEqual([])
})
