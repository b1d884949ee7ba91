import diagnostics from 'node:diagnostics_channel'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { onlyFrom, writeWheel } from './wheels.ts'
import { hasUv, openWith } from './with-installers.ts'
import { failureOf, localRuntime, recordJob, writeAdminRequirements } from './workbench.ts'

async function openWithAdmin() {
  const wheels = path.join(tempFolder(), 'wheels')
  writeWheel(wheels, { name: 'front', version: '1.0' })
  writeWheel(wheels, { name: 'front', version: '2.0' })
  const bench = await openWith(hasUv ? 'uv' : 'pip', { env: () => onlyFrom(wheels) })
  writeAdminRequirements(bench, '', 'front<2  # the old one', 'absent; sys_platform == "plan9"')
  return { ...bench, wheels, ensure: () => bench.environments.ensureAdmin(recordJob()) }
}

/** The programs that are started while something is done. */
async function startedBy<T>(work: () => Promise<T>): Promise<{ result: T; spawned: string[]; ms: number }> {
  const spawned: string[] = []
  const note = (message: unknown) => {
    const { process: child } = message as { process: { spawnfile?: string; spawnargs?: string[] } }
    spawned.push(String(child.spawnfile ?? child.spawnargs ?? 'a process'))
  }
  diagnostics.subscribe('child_process', note)
  const started = performance.now()
  try {
    const result = await work()
    return { result, spawned, ms: performance.now() - started }
  } finally {
    diagnostics.unsubscribe('child_process', note)
  }
}

it('is made once, and found again without starting anything', async () => {
  const bench = await openWithAdmin()
  const { result: made, spawned: first } = await startedBy(bench.ensure)
  expect(first.length).toBeGreaterThan(0)
  expect(made).toMatchObject({
    name: 'admin',
    kind: 'admin',
    state: 'ready',
    requirements: ['front<2', 'absent; sys_platform == "plan9"'],
  })
  expect(await bench.environments.packages('admin')).toEqual([{ name: 'front', version: '1.0' }])

  const { result: again, spawned } = await startedBy(bench.ensure)
  expect(again).toEqual(made)
  expect(spawned).toEqual([])
  // The best of a few: what it needs, and not what else the machine is doing.
  const times: number[] = []
  for (let time = 0; time < 10; time += 1) times.push((await startedBy(bench.ensure)).ms)
  expect(Math.min(...times)).toBeLessThan(50)
  expect(await bench.environments.ensure('admin', recordJob())).toEqual(made)
})

it('gets other requirements installed in place', async () => {
  const bench = await openWithAdmin()
  const before = await bench.ensure()
  writeAdminRequirements(bench, 'front>=2')
  const after = await bench.ensure()
  expect(after).toMatchObject({ state: 'ready', requirements: ['front>=2'], createdAt: before.createdAt })
  expect(await bench.environments.packages('admin')).toEqual([{ name: 'front', version: '2.0' }])
  expect((await startedBy(bench.ensure)).spawned).toEqual([])
})

it('is made anew when it is broken, or has lost its manifest’s sense', async () => {
  const bench = await openWithAdmin()
  const { executable, root } = await bench.ensure()
  rmSync(executable)
  expect((await bench.environments.get('admin')).state).toBe('broken')
  expect((await bench.ensure()).state).toBe('ready')

  writeFileSync(path.join(root, '.beep-environment.json'), '{"version": 1, "na')
  expect(await bench.environments.get('admin')).toMatchObject({ state: 'broken', problem: { code: 'FILE_UNREADABLE' } })
  expect((await bench.ensure()).state).toBe('ready')
  expect((await bench.environments.list()).map((one) => one.name)).toEqual(['admin'])
})

it('moves when the user chooses another default runtime, and not for any other reason', async () => {
  const bench = await openWithAdmin()
  const before = await bench.ensure()
  const [major, minor] = localRuntime().version.split('.')
  bench.runtimes[0] = { ...localRuntime(), version: `${major}.${minor}.99` }
  expect(await bench.ensure()).toEqual(before)
  bench.runtimes.unshift({ ...localRuntime(), id: 'newer' })
  expect(await bench.ensure()).toEqual(before)
  await bench.settings.update({ defaultRuntime: 'local' })
  expect(await bench.ensure()).toEqual(before)

  await bench.settings.update({ defaultRuntime: 'newer' })
  const moved = await bench.ensure()
  expect(moved).toMatchObject({ runtime: 'newer', state: 'ready' })
  expect(await bench.environments.packages('admin')).toEqual([{ name: 'front', version: '1.0' }])
})

it('stays where it is when the move fails, while servers use it, and when there is no default', async () => {
  const bench = await openWithAdmin()
  const before = await bench.ensure()
  bench.runtimes.unshift({ ...localRuntime(), id: 'newer' })
  await bench.settings.update({ defaultRuntime: 'newer' })

  bench.users.set('admin', ['web'])
  expect(await bench.ensure()).toMatchObject({ runtime: 'local', usedBy: ['web'] })
  bench.users.clear()

  rmSync(bench.wheels, { recursive: true })
  const job = recordJob()
  expect(await bench.environments.ensureAdmin(job)).toEqual(before)
  expect(job.told.at(-1)).toMatchObject({ title: 'Kept the admin environment as it was' })
  expect((await bench.environments.get('admin')).state).toBe('ready')

  bench.runtimes.splice(0)
  expect(await bench.ensure()).toEqual(before)
  writeAdminRequirements(bench, 'front>=2')
  expect((await failureOf(bench.ensure())).code).toBe('PYTHON_MISSING')
})

it('says which file it misses, and takes no options from it', async () => {
  const bench = await openWithAdmin()
  rmSync(bench.adminRequirements)
  const failure = await failureOf(bench.ensure())
  expect(failure.message).toContain(bench.adminRequirements)
  writeAdminRequirements(bench, '--index-url http://127.0.0.1/')
  expect((await failureOf(bench.ensure())).code).toBe('INVALID_PARAMS')
})

it('does not take a folder of the user’s for its own', async () => {
  const bench = await openWithAdmin()
  await bench.environments.create({ name: 'work', packages: [] }, recordJob())
  renameSync(path.join(bench.layout.environments, 'work'), path.join(bench.layout.environments, 'admin'))
  expect((await failureOf(bench.ensure())).code).toBe('NAME_TAKEN')
  rmSync(path.join(bench.layout.environments, 'admin'), { recursive: true })

  const theirs = path.join(bench.layout.environments, 'Admin')
  mkdirSync(theirs)
  writeFileSync(path.join(theirs, 'notes.txt'), 'mine')
  expect((await failureOf(bench.ensure())).code).toBe('NAME_TAKEN')
  expect(readFileSync(path.join(theirs, 'notes.txt'), 'utf8')).toBe('mine')
})
