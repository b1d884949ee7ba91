import { existsSync, linkSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { diskUsage, pruneCache } from '../../../core/disk/index.ts'
import { createSettingsStore, newOwner, ownerTag } from '../../../core/storage/index.ts'
import { layoutOf } from '../../../core/platform/index.ts'
import { failureOf, recordJob } from '../environments/workbench.ts'
import { tempFolder } from '../../tools/temp-folder.ts'

/** A data root with known sizes in it. */
async function furnished() {
  const layout = layoutOf(tempFolder())
  const put = (...parts: string[]) => {
    const file = path.join(layout.home, ...parts)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, Buffer.alloc(1000))
    return file
  }
  const anHourAgo = new Date(Date.now() - 3_600_000)
  const old = (file: string) => utimesSync(file, anHourAgo, anHourAgo)
  put('runtimes', 'a', 'bin', 'python')
  const shared = put('environments', 'é', 'lib', 'shared.py')
  put('environments', 'é', 'lib', 'other.py')
  put('environments', 'é', '.beep-snapshots', '1', 'files', 'gone.py')
  linkSync(shared, path.join(layout.environments, 'é', '.beep-snapshots', '1', 'files', 'shared.py'))
  put('environments', '.trash', '1', 'environment', 'lib', 'x.py')
  symlinkSync(shared, path.join(layout.home, 'environments', 'é', 'lib', 'pointer'))
  const archive = put('cache', '0123-cpython.tar.gz')
  const partial = put('cache', '4567-cpython.tar.gz.part')
  const fresh = put('cache', '89ab-cpython.tar.gz')
  for (const file of [archive, partial]) old(file)
  const orphan = put('staging', 'packages~unknown', 'x')
  const busy = put('staging', `packages~${ownerTag(await newOwner())}`, 'x')
  put('logs', 'host.log')
  const settings = createSettingsStore(layout)
  return { layout, settings, archive, partial, fresh, orphan, busy }
}

it('tells what takes up how much: a file with several names once, a snapshot by what only it holds', async () => {
  const { layout, settings } = await furnished()
  const usage = await diskUsage({ layout, settings }, recordJob())
  const sizes = Object.fromEntries(usage.parts.map(({ kind, bytes }) => [kind, bytes]))
  expect(sizes).toMatchObject({ runtimes: 1000, snapshots: 1000, trash: 1000, cache: 3000, staging: 2000, logs: 1000 })
  // The link counts what its path is long.
  expect(sizes['environments']! - 2000).toBeGreaterThan(0)
  expect(sizes['environments']! - 2000).toBeLessThan(1000)
  expect(usage.totalBytes).toBe(Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0))
  expect(usage.prunableBytes).toBe(2000)
  expect(usage.freeBytes).toBeGreaterThan(0)
  const cancelled = recordJob((_told, self) => self.abort.abort())
  expect((await failureOf(diskUsage({ layout, settings }, cancelled))).code).toBe('CANCELLED')
})

it('frees what can be had again, and what nobody works with any more', async () => {
  const { layout, settings, archive, partial, fresh, orphan, busy } = await furnished()
  await settings.update({ offline: true })
  expect(await pruneCache({ layout, settings }, recordJob())).toMatchObject({ freedBytes: 2000 })
  expect([archive, partial, orphan].map(existsSync)).toEqual([true, false, false])
  await settings.update({ offline: false })
  const pruned = await pruneCache({ layout, settings }, recordJob())
  expect(pruned).toEqual({ freedBytes: 1000, removed: [path.basename(archive)] })
  expect([archive, fresh, busy].map(existsSync)).toEqual([false, true, true])
})
