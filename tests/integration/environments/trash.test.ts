import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { trashKeptMs } from '../../../core/environments/trash/entries.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { until } from './until.ts'
import { failureOf, openWorkbench, recordJob } from './workbench.ts'
import type { Workbench } from './workbench.ts'

/** A data root with one environment, `weg da`, that holds a file of the user's. */
async function prepare() {
  const bench = openWorkbench(tempFolder())
  const made = await bench.environments.create({ name: 'weg da', packages: [] }, recordJob())
  writeFileSync(path.join(made.root, 'model.bin'), Buffer.alloc(100_000))
  const remove = (permanent = false) => bench.environments.remove({ name: 'weg da', permanent }, recordJob())
  return { bench, made, remove }
}

it('a deleted environment lies in the trash, and comes back as it was', async () => {
  const { bench, made, remove } = await prepare()
  const before = Date.now()
  const removed = await remove()
  expect(removed).toEqual({ name: 'weg da', freedBytes: 0, trashId: expect.any(String) })
  expect(await bench.environments.list()).toEqual([])
  expect((await failureOf(bench.environments.get('weg da'))).code).toBe('NOT_FOUND')
  expect(await bench.environments.leftovers()).toEqual([])

  const [trashed, ...others] = await bench.environments.trash()
  expect(others).toEqual([])
  expect(trashed).toMatchObject({ id: removed.trashId, name: 'weg da', sizeBytes: made.sizeBytes })
  expect(Date.parse(trashed!.removedAt)).toBeGreaterThanOrEqual(before - 1)
  expect(Date.parse(trashed!.expiresAt) - Date.parse(trashed!.removedAt)).toBe(trashKeptMs)

  const job = recordJob()
  const restored = await bench.environments.restore(removed.trashId!, job)
  expect(restored).toEqual(made)
  expect(job.told.map(({ title }) => title)).toEqual(['Bringing environment weg da back'])
  expect(execFileSync(restored.executable, ['-I', '-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' })).toBe(
    `${made.root}\n`,
  )
  expect(statSync(path.join(made.root, 'model.bin')).size).toBe(100_000)
  expect(await bench.environments.trash()).toEqual([])
  expect(readdirSync(bench.layout.trash)).toEqual([])
})

it('deletes at once what is to be gone for good', async () => {
  const { bench, made, remove } = await prepare()
  const removed = await remove(true)
  expect(removed).toMatchObject({ name: 'weg da', trashId: null })
  expect(removed.freedBytes).toBeGreaterThan(100_000)
  expect(existsSync(made.root)).toBe(false)
  expect(await bench.environments.trash()).toEqual([])
})

it('a name that is used again meanwhile stays with who uses it', async () => {
  const { bench, remove } = await prepare()
  const { trashId } = await remove()
  const second = await bench.environments.create({ name: 'Weg da', packages: [] }, recordJob())
  const failure = await failureOf(bench.environments.restore(trashId!, recordJob()))
  expect(failure).toMatchObject({ code: 'NAME_TAKEN', details: { name: 'Weg da' } })
  expect(failure.hint).toContain('clone it under another name')
  expect(await bench.environments.list()).toEqual([second])
  expect(await bench.environments.trash()).toHaveLength(1)

  // A creation that was killed holds no name.
  await bench.environments.remove({ name: 'Weg da', permanent: true }, recordJob())
  mkdirSync(path.join(bench.layout.environments, 'weg da'))
  expect((await bench.environments.restore(trashId!, recordJob())).state).toBe('ready')
})

it('keeps several of one name apart, the newest first', async () => {
  const { bench, remove } = await prepare()
  const first = await remove()
  await bench.environments.create({ name: 'weg da', packages: [] }, recordJob())
  const second = await remove()
  const ids = (await bench.environments.trash()).map(({ id }) => id)
  expect(new Set(ids)).toEqual(new Set([first.trashId, second.trashId]))
  expect(ids).toEqual(ids.toSorted().reverse())
  const restored = await bench.environments.restore(first.trashId!, recordJob())
  expect(existsSync(path.join(restored.root, 'model.bin'))).toBe(true)
})

it('is asked for ids only, and never makes a path of one', async () => {
  const { bench, remove } = await prepare()
  const { trashId } = await remove()
  for (const id of ['..', `../${trashId}`, 'weg da', '.', '']) {
    const failure = await failureOf(bench.environments.restore(id, recordJob()))
    expect(failure.code).toBe('NOT_FOUND')
    expect(failure.hint).toContain(`${trashId} (weg da)`)
  }
  await bench.environments.emptyTrash(recordJob())
  expect((await failureOf(bench.environments.restore(trashId!, recordJob()))).hint).toBe('The trash is empty.')
})

it('does not move an environment that servers run on, and brings none back under them', async () => {
  const { bench, remove } = await prepare()
  bench.users.set('weg da', ['web'])
  expect((await failureOf(remove())).code).toBe('IN_USE')
  bench.users.clear()
  const { trashId } = await remove()
  bench.users.set('weg da', ['web'])
  expect((await failureOf(bench.environments.restore(trashId!, recordJob()))).code).toBe('IN_USE')
})

it('is emptied, tells what that frees, and can be stopped in between', async () => {
  const { bench, remove } = await prepare()
  await remove()
  await bench.environments.create({ name: 'weg da', packages: [] }, recordJob())
  await remove()
  const stopped = recordJob((_told, self) => self.abort.abort())
  expect((await failureOf(bench.environments.emptyTrash(stopped))).code).toBe('CANCELLED')
  expect(await bench.environments.trash()).toHaveLength(1)
  const job = recordJob()
  const { freedBytes } = await bench.environments.emptyTrash(job)
  expect(freedBytes).toBeGreaterThan(0)
  expect(job.told).toMatchObject([{ title: 'Emptying the trash', detail: 'weg da', fraction: 0 }])
  expect(readdirSync(bench.layout.trash)).toEqual([])
  expect(await bench.environments.emptyTrash(recordJob())).toEqual({ freedBytes: 0 })
})

/** As if it had been deleted so long ago. */
function age(bench: Workbench, id: string, ms: number): void {
  const file = path.join(bench.layout.trash, id, 'trashed.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { expiresAt: string }
  writeFileSync(
    file,
    JSON.stringify({ ...manifest, expiresAt: new Date(Date.parse(manifest.expiresAt) - ms).toISOString() }),
  )
}

it('a host deletes what has expired, at its start and later; nobody else does', async () => {
  const { bench, remove } = await prepare()
  const { trashId } = await remove()
  age(bench, trashId!, trashKeptMs + 1000)
  // Whoever only looks, or does something else, leaves it alone; it can still be brought back.
  await bench.environments.sweep()
  expect(await bench.environments.trash()).toHaveLength(1)
  await bench.environments.restore(trashId!, recordJob())

  const second = await remove()
  age(bench, second.trashId!, trashKeptMs + 1000)
  const onExpired = vi.fn<(names: readonly string[]) => void>()
  const onTrouble = vi.fn<(thrown: unknown) => void>()
  const stop = bench.environments.watchTrash({ onExpired, onTrouble, everyMs: 10 })
  onTestFinished(stop)
  await until('it is gone', () => onExpired.mock.calls.length === 1)
  expect(onExpired).toHaveBeenLastCalledWith(['weg da'])

  await bench.environments.create({ name: 'young', packages: [] }, recordJob())
  await bench.environments.create({ name: 'old', packages: [] }, recordJob())
  await bench.environments.remove({ name: 'young', permanent: false }, recordJob())
  const old = await bench.environments.remove({ name: 'old', permanent: false }, recordJob())
  age(bench, old.trashId!, trashKeptMs + 1000)
  await until('the old one is gone', () => onExpired.mock.calls.length === 2)
  expect(onExpired).toHaveBeenLastCalledWith(['old'])
  expect((await bench.environments.trash()).map(({ name }) => name)).toEqual(['young'])
  expect(onTrouble).not.toHaveBeenCalled()
})

it('leaves a manifest alone that it does not understand', async () => {
  const { bench, remove } = await prepare()
  const { trashId } = await remove()
  const file = path.join(bench.layout.trash, trashId!, 'trashed.json')
  writeFileSync(file, '{"version":2,"name":"weg da","expiresAt":"2000-01-01T00:00:00.000Z"}')
  await bench.environments.sweep()
  const stop = bench.environments.watchTrash({ onExpired: () => {}, onTrouble: () => {} })
  stop()
  expect(await bench.environments.trash()).toEqual([])
  expect(existsSync(path.join(bench.layout.trash, trashId!, 'environment', 'model.bin'))).toBe(true)
  expect((await bench.environments.emptyTrash(recordJob())).freedBytes).toBeGreaterThan(100_000)
})

const otherDisk = '/dev/shm'
const hasOtherDisk = existsSync(otherDisk) && statSync(otherDisk).dev !== statSync(tmpdir()).dev

it.skipIf(!hasOtherDisk)('works where the environments lie on another disk than the rest', async () => {
  const place = mkdtempSync(path.join(otherDisk, 'bé p-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  const home = tempFolder()
  symlinkSync(place, path.join(home, 'environments'))
  const bench = openWorkbench(home)
  await bench.environments.create({ name: 'far', packages: [] }, recordJob())
  const { trashId } = await bench.environments.remove({ name: 'far', permanent: false }, recordJob())
  expect((await bench.environments.restore(trashId!, recordJob())).state).toBe('ready')
})
