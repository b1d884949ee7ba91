import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { contentsOf, name, prepareScience } from './science-bench.ts'
import { withEachInstaller } from './with-installers.ts'
import { failureOf, recordJob } from './workbench.ts'

const frames = ['arrays<2', 'frames']

withEachInstaller((installer) => {
  it('what is there before a change is kept, and comes back exactly: by hand, or by itself when the change does no good', async () => {
    const { environments, made, versions } = await prepareScience(installer)
    expect(await environments.snapshots(name)).toEqual([])
    const before = contentsOf(made.root)

    // By what it says of itself, frames works with every version of arrays.
    const broken = await failureOf(environments.install({ name, packages: ['arrays==2.0'] }, recordJob()))
    expect(broken.code).toBe('PACKAGES_FAILED')
    expect(broken.message).toBe('frames is installed and cannot be imported: ImportError: built for arrays 1')
    expect(broken.hint).toContain(`Environment ${name} is as it was before.`)
    expect(broken.details).toMatchObject({ isRolledBack: true })
    expect(contentsOf(made.root)).toEqual(before)
    expect(await environments.get(name)).toMatchObject({ state: 'ready', requirements: frames })
    expect(await environments.snapshots(name)).toEqual([])

    await environments.install({ name, packages: ['plots'] }, recordJob())
    const after = contentsOf(made.root)
    const [kept, ...others] = await environments.snapshots(name)
    expect(others).toEqual([])
    const packages = ['arrays', 'frames'].map((one) => ({ name: one, version: '1.0' }))
    expect(kept).toMatchObject({ reason: 'install', about: ['plots'], note: null, packages })
    expect(kept!.changes).toEqual([{ name: 'plots', from: null, to: '1.0' }])

    const conflict = await failureOf(environments.install({ name, packages: ['arrays>=2'] }, recordJob()))
    expect(conflict.message).toBe('They do not fit together: plots 1.0 needs arrays<2, and 2.0 is there')
    expect(conflict.details).toMatchObject({ cause: 'conflict', isRolledBack: true })
    expect(contentsOf(made.root)).toEqual(after)

    const back = await environments.rollback({ name }, recordJob())
    expect(back).toMatchObject({
      state: 'ready',
      snapshot: kept!.id,
      requirements: frames,
      changes: [{ name: 'plots', from: '1.0', to: null }],
      altered: [],
    })
    expect(contentsOf(made.root)).toEqual(before)
    expect(await versions()).toEqual({ arrays: '1.0', frames: '1.0' })

    const undone = await environments.rollback({ name, snapshot: back.undo! }, recordJob())
    expect(undone).toMatchObject({ snapshot: back.undo, requirements: [...frames, 'plots'] })
    expect(contentsOf(made.root)).toEqual(after)
    expect((await environments.snapshots(name)).map(({ reason }) => reason)).toEqual([
      'rollback',
      'rollback',
      'install',
    ])
  })
})

it('who wants a change all the same can have it; what could not be imported before is no later fault', async () => {
  const { environments, made, versions } = await prepareScience('pip')
  const before = contentsOf(made.root)
  await environments.install({ name, packages: ['arrays==2.0'], verify: false }, recordJob())
  expect(await versions()).toEqual({ arrays: '2.0', frames: '1.0' })
  await environments.install({ name, packages: ['arrays'], verify: true }, recordJob())
  const [kept, ...others] = await environments.snapshots(name)
  expect(others).toMatchObject([{ reason: 'install', about: ['arrays==2.0'] }])
  const back = await environments.rollback({ name, snapshot: others[0]!.id }, recordJob())
  expect(back.changes).toEqual([{ name: 'arrays', from: '2.0', to: '1.0' }])
  expect(kept!.changes).toEqual([])
  expect(contentsOf(made.root)).toEqual(before)
})

it('what somebody has taken out comes back without an index', async () => {
  const { environments, wheels, made, versions } = await prepareScience('pip')
  const before = contentsOf(made.root)
  await environments.uninstall({ name, packages: ['arrays'] }, recordJob())
  rmSync(wheels, { recursive: true })
  expect((await environments.rollback({ name }, recordJob())).requirements).toEqual(frames)
  expect(contentsOf(made.root)).toEqual(before)
  expect(await versions()).toEqual({ arrays: '1.0', frames: '1.0' })
})

it('brings back what no index has: editable packages, links, what was written by hand; and byte code with it', async () => {
  const { environments, site, made } = await prepareScience('pip')
  const sources = tempFolder()
  writeFileSync(path.join(sources, 'mine.py'), 'version = "of today"\n')
  writeFileSync(path.join(site, '__editable__.mine-0.1.pth'), `${sources}\n`)
  mkdirSync(path.join(site, 'mine-0.1.dist-info'))
  writeFileSync(path.join(site, 'mine-0.1.dist-info', 'METADATA'), 'Metadata-Version: 2.1\nName: mine\nVersion: 0.1\n')
  writeFileSync(path.join(site, 'by_hand.py'), 'x = 1\n')
  const print = () =>
    execFileSync(made.executable, ['-c', 'import mine, frames; print(mine.version)'], { encoding: 'utf8' })
  expect(print()).toBe('of today\n')
  const { id } = await environments.snapshot({ name, note: 'before the experiment' }, recordJob())
  const before = contentsOf(made.root)

  appendFileSync(path.join(site, 'by_hand.py'), 'x = 2\n')
  rmSync(path.join(site, '__editable__.mine-0.1.pth'))
  rmSync(path.join(site, 'frames.py'))
  mkdirSync(path.join(site, 'frames.py'))
  writeFileSync(path.join(site, 'stray.py'), '')
  const model = path.join(made.root, 'model.bin')
  writeFileSync(model, 'of the user')
  expect(await environments.rollback({ name, snapshot: id }, recordJob())).toMatchObject({ altered: [] })
  expect(existsSync(model)).toBe(true)
  rmSync(model)
  expect(contentsOf(made.root)).toEqual(before)
  expect(print()).toBe('of today\n')
  expect(await environments.snapshots(name)).toMatchObject([
    { reason: 'rollback', about: [id] },
    { reason: 'manual', note: 'before the experiment' },
  ])
})

it('a file that was written into is told, since it cannot be had as it was', async () => {
  const { environments, site } = await prepareScience('pip')
  await environments.snapshot({ name }, recordJob())
  appendFileSync(path.join(site, 'arrays_data', 'kernel.txt'), ' and a certificate')
  const { altered } = await environments.rollback({ name }, recordJob())
  expect(altered).toEqual([expect.stringMatching(/\/arrays_data\/kernel\.txt$/u)])
})

it('one that is not whole any more is refused, and nothing changes', async () => {
  const { environments, made } = await prepareScience('pip')
  const { id } = await environments.snapshot({ name }, recordJob())
  await environments.install({ name, packages: ['plots'] }, recordJob())
  const before = contentsOf(made.root)
  rmSync(path.join(made.root, '.beep-snapshots', id, 'files', 'lib'), { recursive: true })
  const failure = await failureOf(environments.rollback({ name, snapshot: id }, recordJob()))
  expect(failure).toMatchObject({ code: 'FILE_UNREADABLE', details: { isRolledBack: true } })
  expect(contentsOf(made.root)).toEqual(before)
  for (const other of ['..', `../${id}`, '', '.']) {
    const unknown = await failureOf(environments.rollback({ name, snapshot: other }, recordJob()))
    expect(unknown).toMatchObject({ code: 'NOT_FOUND', hint: expect.stringContaining(id) })
  }
})

it('keeps as many as the settings say, and counts what they take up', async () => {
  const { environments, settings } = await prepareScience('pip').then((all) => ({
    ...all,
    settings: all.bench.settings,
  }))
  await settings.update({ snapshotsKept: 2 })
  const { sizeBytes } = await environments.get(name)
  for (const note of ['1', '2', '3']) await environments.snapshot({ name, note }, recordJob())
  expect((await environments.snapshots(name)).map(({ note }) => note)).toEqual(['3', '2'])
  await environments.uninstall({ name, packages: ['frames'] }, recordJob())
  const [newest, older] = await environments.snapshots(name)
  expect(newest!.sizeBytes).toBeGreaterThan(0)
  expect(older).toMatchObject({ note: '3', sizeBytes: 0 })
  expect((await environments.get(name)).sizeBytes).toBeLessThan(sizeBytes)
  const removed = await environments.removeSnapshot({ name, snapshot: newest!.id }, recordJob())
  expect(removed).toEqual({ freedBytes: newest!.sizeBytes })
  expect((await environments.snapshots(name)).map(({ note }) => note)).toEqual(['3'])

  await settings.update({ snapshotsKept: 0 })
  expect((await failureOf(environments.snapshot({ name }, recordJob()))).code).toBe('LIMIT_EXCEEDED')
  await environments.install({ name, packages: ['plots'] }, recordJob())
  expect(await environments.snapshots(name)).toEqual([])
})

it('they go into the trash with their environment, and come back with it', async () => {
  const { environments } = await prepareScience('pip')
  const { id } = await environments.snapshot({ name }, recordJob())
  const { trashId } = await environments.remove({ name, permanent: false }, recordJob())
  await environments.restore(trashId!, recordJob())
  expect(await environments.snapshots(name)).toMatchObject([{ id }])
  await environments.clone({ name, as: 'copy' }, recordJob())
  expect(await environments.snapshots('copy')).toEqual([])
})
