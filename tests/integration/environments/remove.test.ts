import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { failureOf, openWorkbench, recordJob } from './workbench.ts'

it('deletes an environment and tells what that has freed', async () => {
  const bench = openWorkbench(tempFolder())
  const { root } = await bench.environments.create({ name: 'weg da', packages: [] }, recordJob())
  writeFileSync(path.join(root, 'model.bin'), Buffer.alloc(100_000))
  const removed = await bench.environments.remove({ name: 'weg da', permanent: true }, recordJob())
  expect(removed.name).toBe('weg da')
  expect(removed.freedBytes).toBeGreaterThan(100_000)
  expect(existsSync(root)).toBe(false)
  expect(readdirSync(bench.layout.staging)).toEqual([])
  expect((await failureOf(bench.environments.remove({ name: 'weg da', permanent: true }, recordJob()))).code).toBe(
    'NOT_FOUND',
  )
})

it('refuses while servers run on it, and names them', async () => {
  const bench = openWorkbench(tempFolder())
  await bench.environments.create({ name: 'busy', packages: [] }, recordJob())
  bench.users.set('busy', ['web', 'batch'])
  const failure = await failureOf(bench.environments.remove({ name: 'busy', permanent: true }, recordJob()))
  expect(failure).toMatchObject({ code: 'IN_USE', details: { usedBy: ['web', 'batch'] } })
  expect(failure.message).toContain('servers web, batch')
  expect(failure.hint).toContain('`beep-host stop web`')
  expect(await bench.environments.get('busy')).toMatchObject({ state: 'ready', usedBy: ['web', 'batch'] })
})

it('does nothing once it is cancelled', async () => {
  const bench = openWorkbench(tempFolder())
  await bench.environments.create({ name: 'a', packages: [] }, recordJob())
  const job = recordJob()
  job.abort.abort()
  expect((await failureOf(bench.environments.remove({ name: 'a', permanent: true }, job))).code).toBe('CANCELLED')
  expect((await bench.environments.get('a')).state).toBe('ready')
})

it('cleans up what a killed creation left under the name', async () => {
  const bench = openWorkbench(tempFolder())
  const root = path.join(bench.layout.environments, 'half')
  mkdirSync(root)
  writeFileSync(path.join(root, '.beep-unfinished.json'), 'cut off')
  writeFileSync(path.join(root, 'pyvenv.cfg'), 'home = /nowhere')
  expect(await bench.environments.leftovers()).toMatchObject([{ name: 'half', state: 'unfinished' }])
  expect(await bench.environments.remove({ name: 'half', permanent: true }, recordJob())).toMatchObject({
    name: 'half',
  })
  expect(existsSync(root)).toBe(false)
})

const otherDisk = '/dev/shm'
const hasOtherDisk = existsSync(otherDisk) && statSync(otherDisk).dev !== statSync(tmpdir()).dev

it.skipIf(!hasOtherDisk)('works where the environments lie on another disk than the rest', async () => {
  const place = mkdtempSync(path.join(otherDisk, 'bé p-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  const home = tempFolder()
  symlinkSync(place, path.join(home, 'environments'))
  const bench = openWorkbench(home)
  expect((await bench.environments.create({ name: 'far', packages: [] }, recordJob())).state).toBe('ready')
  expect((await bench.environments.remove({ name: 'far', permanent: true }, recordJob())).freedBytes).toBeGreaterThan(0)
  expect(readdirSync(place)).toEqual([])
})
