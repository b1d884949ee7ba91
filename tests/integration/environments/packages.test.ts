import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { sitePackages } from '../../../core/environments/site-packages.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { serveIndex } from './package-index.ts'
import { preparePackages } from './package-bench.ts'
import { noIndexSettings, writeWheel } from './wheels.ts'
import { openWith, withEachInstaller } from './with-installers.ts'
import { failureOf, recordJob, writeAdminRequirements } from './workbench.ts'

const name = 'é 1'

withEachInstaller((installer) => {
  const prepare = (...packages: string[]) => preparePackages(installer, packages)

  it('tells what has a newer version, pre-releases left out', async () => {
    const { bench } = await prepare('old-school', 'free', 'lonely')
    const job = recordJob()
    expect(await bench.environments.outdated(name, job)).toEqual([
      { name: 'free', version: '1.0', latest: '1.1' },
      { name: 'shared', version: '1.0', latest: '2.0' },
    ])
    expect(job.told.map(({ title }) => title)).toContain(`Looking for newer versions of what is in ${name}`)
    expect(readdirSync(bench.layout.staging)).toEqual([])
    expect((await failureOf(bench.environments.outdated('nowhere', recordJob()))).code).toBe('NOT_FOUND')
  })

  it('upgrades what is named as far as what stays allows, and nothing else', async () => {
    const { bench, versions } = await prepare('old-school', 'free', 'lonely')
    const plan = { name, packages: ['shared'] }
    expect(await bench.environments.preview({ ...plan, action: 'upgrade' }, recordJob())).toEqual([
      { name: 'shared', from: '1.0', to: '1.5' },
    ])
    const job = recordJob()
    const after = await bench.environments.upgrade(plan, job)
    expect(after).toMatchObject({ state: 'ready', requirements: ['old-school', 'free', 'lonely'] })
    expect(await versions()).toEqual({ free: '1.0', lonely: '1.0', Old_School: '1.0', shared: '1.5' })
    expect(job.told.map(({ title }) => title)).toContain(`Upgrading shared in ${name}`)
    expect(readdirSync(bench.layout.staging)).toEqual([])
    expect(await bench.environments.preview({ ...plan, action: 'upgrade' }, recordJob())).toEqual([])
    expect((await bench.environments.upgrade(plan, recordJob())).state).toBe('ready')
  })

  it('upgrades everything together, what it needs among it; then there is nothing more to do', async () => {
    const { bench, versions } = await prepare('old-school', 'free', 'lonely')
    const all = { name, packages: [] }
    const expected = [
      { name: 'free', from: '1.0', to: '1.1' },
      { name: 'shared', from: '1.0', to: '1.5' },
    ]
    expect(await bench.environments.preview({ ...all, action: 'upgrade' }, recordJob())).toEqual(expected)
    await bench.environments.upgrade(all, recordJob())
    expect(await versions()).toEqual({ free: '1.1', lonely: '1.0', Old_School: '1.0', shared: '1.5' })

    await bench.environments.uninstall({ name, packages: ['old-school'] }, recordJob())
    await bench.environments.upgrade(all, recordJob())
    expect(await versions()).toEqual({ free: '1.1', lonely: '1.0', shared: '2.0' })
    const job = recordJob()
    const before = await bench.environments.get(name)
    expect(await bench.environments.upgrade(all, job)).toEqual(before)
    expect(job.told.at(-1)?.title).toBe(`Everything in ${name} is up to date`)
    expect(await bench.environments.preview({ ...all, action: 'upgrade' }, recordJob())).toEqual([])
  })

  it('keeps to what was asked for when everything is upgraded, and to the newest word when something is named', async () => {
    const { bench, versions } = await prepare('shared<1.2', 'free')
    await bench.environments.upgrade({ name, packages: [] }, recordJob())
    // The newer `free` wants a newer `shared` than was asked for.
    expect(await versions()).toEqual({ free: '1.0', shared: '1.0' })
    const named = await bench.environments.upgrade({ name, packages: ['shared'] }, recordJob())
    expect(await versions()).toEqual({ free: '1.0', shared: '2.0' })
    expect(named.requirements).toEqual(['free', 'shared'])
    const pinned = await bench.environments.upgrade({ name, packages: ['shared==1.5'] }, recordJob())
    expect(await versions()).toEqual({ free: '1.0', shared: '1.5' })
    expect(pinned.requirements).toEqual(['free', 'shared==1.5'])
  })

  it('says what cannot be upgraded, and changes nothing', async () => {
    const { bench, versions } = await prepare('old-school', 'lonely')
    const before = await versions()
    const missing = await failureOf(bench.environments.upgrade({ name, packages: ['nope'] }, recordJob()))
    expect(missing).toMatchObject({ code: 'NOT_FOUND', message: `Not in environment ${name}: nope` })
    const conflict = await failureOf(bench.environments.upgrade({ name, packages: ['shared>=2'] }, recordJob()))
    expect(conflict).toMatchObject({ code: 'PACKAGES_FAILED', details: { cause: 'conflict', exitCode: 1 } })
    expect(await versions()).toEqual(before)
    expect(await bench.environments.get(name)).toMatchObject({ state: 'ready', requirements: ['old-school', 'lonely'] })
  })

  it('previews an installation: what comes, and what changes for it', async () => {
    const { bench, wheels, versions } = await prepare('shared')
    writeWheel(wheels, { name: 'Newcomer.One', version: '2.1', requires: ['shared>=1.5,<2', 'lonely'] })
    const plan = { name, packages: ['newcomer-one', 'shared'] }
    expect(await bench.environments.preview({ ...plan, action: 'install' }, recordJob())).toEqual([
      { name: 'lonely', from: null, to: '1.0' },
      { name: 'newcomer-one', from: null, to: '2.1' },
      { name: 'shared', from: '1.0', to: '1.5' },
    ])
    expect(await versions()).toEqual({ shared: '1.0' })
    const failed = await failureOf(
      bench.environments.preview({ name, action: 'install', packages: ['no-such-thing'] }, recordJob()),
    )
    expect(failed).toMatchObject({ code: 'PACKAGES_FAILED', details: { cause: 'no-match', argv: expect.any(Array) } })
    expect(
      (await failureOf(bench.environments.preview({ name, action: 'install', packages: [] }, recordJob()))).code,
    ).toBe('INVALID_PARAMS')
    expect(readdirSync(bench.layout.staging)).toEqual([])
  })

  it('takes out what is named, whoever needs it, and tells that beforehand', async () => {
    const { bench, versions, executable } = await prepare('Old_School>=1', 'free', 'lonely')
    const plan = { name, packages: ['Shared', 'free'] }
    expect(await bench.environments.preview({ ...plan, action: 'uninstall' }, recordJob())).toEqual([
      { name: 'free', from: '1.0', to: null, neededBy: [] },
      { name: 'shared', from: '1.0', to: null, neededBy: ['Old_School'] },
    ])
    const job = recordJob()
    const after = await bench.environments.uninstall(plan, job)
    expect(after).toMatchObject({ state: 'ready', requirements: ['Old_School>=1', 'lonely'] })
    expect(await versions()).toEqual({ lonely: '1.0', Old_School: '1.0' })
    expect(() => execFileSync(executable, ['-I', '-c', 'import shared'], { stdio: 'ignore' })).toThrow()
    expect(job.told.map(({ title }) => title)).toContain(`Removing Shared, free from ${name}`)
    expect(existsSync(path.join(after.root, '.beep-unfinished.json'))).toBe(false)
  })

  it('takes out nothing when something named is not there', async () => {
    const { bench, versions } = await prepare('lonely')
    for (const work of [
      () => bench.environments.uninstall({ name, packages: ['lonely', 'nope'] }, recordJob()),
      () => bench.environments.preview({ name, action: 'uninstall', packages: ['lonely', 'nope'] }, recordJob()),
    ]) {
      expect(await failureOf(work())).toMatchObject({ code: 'NOT_FOUND', message: `Not in environment ${name}: nope` })
    }
    const spec = { name, action: 'uninstall' as const, packages: ['lonely>=1'] }
    expect((await failureOf(bench.environments.preview(spec, recordJob()))).code).toBe('INVALID_PARAMS')
    expect(await versions()).toEqual({ lonely: '1.0' })
  })

  it('leaves alone what no index has', async () => {
    const { bench, executable, root, versions } = await prepare('free')
    const site = (await sitePackages(root, process.platform))!
    // As pip notes a package that was installed from a file.
    writeFileSync(
      path.join(site, 'free-1.0.dist-info', 'direct_url.json'),
      '{"url":"file:///x/free-1.0.whl","archive_info":{}}',
    )
    expect((await bench.environments.outdated(name, recordJob())).map((one) => one.name)).toEqual(['shared'])
    const named = await failureOf(bench.environments.upgrade({ name, packages: ['free'] }, recordJob()))
    expect(named.code).toBe('UNSUPPORTED')
    await bench.environments.upgrade({ name, packages: [] }, recordJob())
    expect(await versions()).toEqual({ free: '1.0', shared: '2.0' })
    const { text, count } = await bench.environments.exportPackages(name)
    expect([count, text]).toEqual([1, expect.stringContaining('# free 1.0 was not installed from a package index')])
    expect(execFileSync(executable, ['-I', '-c', 'import free; print(free.version)'], { encoding: 'utf8' })).toBe(
      '1.0\n',
    )
  })

  it.each([
    ['cannot be reached', 0, 'unreachable'],
    ['is out of order', 503, 'unreachable'],
    ['refuses', 401, 'credentials'],
  ])('an index that %s has not told that everything is up to date', async (_what, status, cause) => {
    const { bench } = await prepare('lonely')
    const index = status === 0 ? { url: 'http://127.0.0.1:9/simple' } : await serveIndex(tempFolder(), { status })
    const env = { ...noIndexSettings(), PIP_INDEX_URL: index.url, PIP_RETRIES: '0', UV_HTTP_RETRIES: '0' }
    const offline = await openWith(installer, { home: bench.home, env: () => env })
    const failure = await failureOf(offline.environments.outdated(name, recordJob()))
    expect(failure).toMatchObject({ code: 'PACKAGES_FAILED', details: { cause, argv: expect.any(Array) } })
    expect(readdirSync(bench.layout.staging)).toEqual([])
  })

  it('does with the admin environment nothing but look', async () => {
    const { bench, wheels } = await prepare()
    writeWheel(wheels, { name: 'thing', version: '1.0' })
    writeAdminRequirements(bench, 'thing')
    await bench.environments.ensureAdmin(recordJob())
    const refused = [
      () => bench.environments.upgrade({ name: 'Admin', packages: [] }, recordJob()),
      () => bench.environments.uninstall({ name: 'admin', packages: ['thing'] }, recordJob()),
      () => bench.environments.importPackages({ name: 'admin', text: 'lonely' }, recordJob()),
      () => bench.environments.preview({ name: 'admin', action: 'upgrade', packages: [] }, recordJob()),
    ]
    for (const one of refused) expect((await failureOf(one())).code).toBe('PROTECTED')
    expect((await bench.environments.exportPackages('admin')).text).toContain('thing==1.0')
    expect(await bench.environments.outdated('admin', recordJob())).toEqual([])
  })

  it('stops when it is cancelled, and has changed nothing', async () => {
    const { bench, versions } = await prepare('free')
    const before = await versions()
    const cancelled = () => recordJob((_told, self) => self.abort.abort())
    for (const work of [
      () => bench.environments.upgrade({ name, packages: [] }, cancelled()),
      () => bench.environments.upgrade({ name, packages: ['free'] }, cancelled()),
      () => bench.environments.uninstall({ name, packages: ['free'] }, cancelled()),
      () => bench.environments.outdated(name, cancelled()),
      () => bench.environments.preview({ name, action: 'upgrade', packages: ['free'] }, cancelled()),
    ]) {
      expect((await failureOf(work())).code).toBe('CANCELLED')
    }
    expect(await versions()).toEqual(before)
    expect((await bench.environments.get(name)).state).toBe('ready')
    expect(readdirSync(bench.layout.staging)).toEqual([])
  })

  it('a broken one is mended before it is changed', async () => {
    const { bench, root, versions } = await prepare('free', 'lonely')
    const site = (await sitePackages(root, process.platform))!
    rmSync(path.join(site, 'lonely.py'))
    const marker = {
      version: 1,
      work: 'install',
      owner: { pid: 2 ** 22 - 1, start: '0' },
      startedAt: '',
      requirements: [],
    }
    writeFileSync(path.join(root, '.beep-unfinished.json'), JSON.stringify(marker))
    expect((await bench.environments.get(name)).state).toBe('broken')
    expect((await failureOf(bench.environments.outdated(name, recordJob()))).code).toBe('PACKAGES_FAILED')
    const after = await bench.environments.uninstall({ name, packages: ['free'] }, recordJob())
    expect(after).toMatchObject({ state: 'ready', requirements: ['lonely'] })
    expect(existsSync(path.join(site, 'lonely.py'))).toBe(true)
    expect(await versions()).toEqual({ lonely: '1.0', shared: '1.0' })
  })
})
