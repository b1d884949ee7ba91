import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { failureOf, localRuntime, openWorkbench, recordJob, runtimeOf } from './workbench.ts'

it('tells that the Python it stands on is gone, and works again when it is back', async () => {
  const bench = openWorkbench(tempFolder())
  await bench.settings.update({ installer: 'pip' })
  const python = path.join(tempFolder(), 'bin', 'python3')
  mkdirSync(path.dirname(python))
  symlinkSync(localRuntime().executable, python)
  bench.runtimes[0] = runtimeOf(python)
  await bench.environments.create({ name: 'é', packages: [] }, recordJob())

  rmSync(python)
  const broken = await bench.environments.get('é')
  expect(broken).toMatchObject({ state: 'broken', problem: { code: 'PYTHON_MISSING', details: { base: python } } })
  expect((await failureOf(bench.environments.ensure('é', recordJob()))).code).toBe('PYTHON_MISSING')
  const install = bench.environments.install({ name: 'é', packages: ['six'] }, recordJob())
  expect((await failureOf(install)).code).toBe('PYTHON_MISSING')

  symlinkSync(localRuntime().executable, python)
  expect((await bench.environments.get('é')).state).toBe('ready')
})

it('tells that the interpreter, or what makes it one of an environment, is gone', async () => {
  const bench = openWorkbench(tempFolder())
  const { root, executable } = await bench.environments.create({ name: 'a', packages: [] }, recordJob())
  rmSync(path.join(root, 'pyvenv.cfg'))
  expect((await bench.environments.get('a')).problem).toMatchObject({ code: 'PYTHON_BROKEN' })
  rmSync(executable)
  expect((await bench.environments.get('a')).problem?.message).toContain('has lost its interpreter')
})

it('tells that the data root was moved; a link to it is no move', async () => {
  const parent = tempFolder()
  const first = path.join(parent, 'erster Ort')
  mkdirSync(first)
  await openWorkbench(first).environments.create({ name: 'é', packages: [] }, recordJob())

  symlinkSync(first, path.join(parent, 'link'))
  expect((await openWorkbench(path.join(parent, 'link')).environments.get('é')).state).toBe('ready')

  const second = path.join(parent, 'second')
  renameSync(first, second)
  const moved = await openWorkbench(second).environments.get('é')
  expect(moved).toMatchObject({ state: 'broken', problem: { code: 'PATH_UNUSABLE' } })
  expect(moved.problem?.message).toContain('erster Ort')
  expect(moved.problem?.hint).toContain('Move it back')
})

it('takes a copy under another name for broken', async () => {
  const bench = openWorkbench(tempFolder())
  const { root } = await bench.environments.create({ name: 'one', packages: [] }, recordJob())
  cpSync(root, path.join(bench.layout.environments, 'two'), { recursive: true, verbatimSymlinks: true })
  expect((await bench.environments.list()).map(({ name, state }) => [name, state])).toEqual([
    ['one', 'ready'],
    ['two', 'broken'],
  ])
})

it('shows an environment whose manifest cannot be read, keeps it from use, and lets it be deleted', async () => {
  const bench = openWorkbench(tempFolder())
  const { root } = await bench.environments.create({ name: 'a', packages: [] }, recordJob())
  writeFileSync(path.join(root, '.beep-environment.json'), 'scribble')
  const shown = await bench.environments.get('a')
  expect(shown).toMatchObject({ name: 'a', state: 'broken', python: localRuntime().version, runtime: 'unknown' })
  expect(shown.problem?.code).toBe('FILE_UNREADABLE')
  expect((await failureOf(bench.environments.create({ name: 'a', packages: [] }, recordJob()))).code).toBe('NAME_TAKEN')
  const install = bench.environments.install({ name: 'a', packages: ['six'] }, recordJob())
  expect((await failureOf(install)).code).toBe('FILE_UNREADABLE')
  await bench.environments.remove({ name: 'a', permanent: true }, recordJob())
  expect(await bench.environments.list()).toEqual([])
})
