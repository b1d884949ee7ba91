import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { platformFacts, tripleOf } from '../../../core/platform/index.ts'
import { startMirror } from '../../fixtures/mirror/mirror.ts'
import type { MirrorOptions } from '../../fixtures/mirror/mirror.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { archive, cachedName, failureOf, mirrorFor, recordJob, workplace } from './workplace.ts'

const place = tripleOf(platformFacts())
const triple = 'triple' in place ? place.triple : ''
const versions = ['3.14.1', '3.13.5', '3.12.9', '3.11.2', '3.10.4', '3.9.7']

/** A catalog of six builds whose files are no Pythons, and are never fetched; each has a size of its own. */
function manyBuilds(mirrors: readonly string[]) {
  const folder = tempFolder()
  const tag = '20260101'
  mkdirSync(path.join(folder, 'mirror', tag), { recursive: true })
  const releases = versions.map((python, index) => {
    const file = `cpython-${python}+${tag}-${triple}-small.tar.gz`
    writeFileSync(path.join(folder, 'mirror', tag, file), Buffer.alloc(100_000 + index))
    return { python, tag, sha256: { [triple]: String(index).repeat(64) } }
  })
  const catalog = path.join(folder, 'catalog.json')
  writeFileSync(catalog, JSON.stringify({ version: 1, flavor: 'small', mirrors, releases }))
  return { mirror: path.join(folder, 'mirror'), env: { BEEP_PYTHON_CATALOG: catalog } }
}

const sizes = versions.map((_version, index) => 100_000 + index)
const nothing = versions.map(() => null)

/** A workplace over six builds, whose settings name a mirror of them that behaves so. */
async function measured(options: MirrorOptions = {}, more: Readonly<Record<string, string>> = {}) {
  const { mirror: folder, env } = manyBuilds(['http://127.0.0.1:9/'])
  const mirror = await startMirror(folder, options)
  onTestFinished(() => mirror.close())
  const here = workplace({ env: { ...env, ...more } })
  await here.settings.update({ pythonMirror: mirror.url })
  const sizesNow = async () => (await here.runtimes.catalog()).map(({ sizeBytes }) => sizeBytes)
  return { ...here, mirror, sizesNow }
}

it('asks for the heads alone, and knows the sizes from then on without a network', async () => {
  const { runtimes, mirror, job, sizesNow, layout } = await measured()
  expect(await sizesNow()).toEqual(nothing)
  expect(existsSync(layout.home)).toBe(true)
  const entries = await runtimes.measure(job)
  expect(entries.map(({ version, sizeBytes }) => [version, sizeBytes])).toEqual(
    versions.map((version, index) => [version, sizes[index]]),
  )
  expect(mirror.requests.map(({ method, status }) => [method, status])).toEqual(versions.map(() => ['HEAD', 200]))
  expect(mirror.bytesSent()).toBe(0)
  expect(job.told.length).toBe(versions.length)
  expect(job.told[0]).toMatchObject({ fraction: 0, title: 'Asking how large the downloads are' })

  await mirror.close()
  expect(await sizesNow()).toEqual(sizes)
  expect((await runtimes.measure(recordJob())).map(({ sizeBytes }) => sizeBytes)).toEqual(sizes)
  expect(mirror.requests).toHaveLength(versions.length)
})

it('keeps answers by hash: another file of the same name is asked for anew', async () => {
  const { runtimes, mirror, layout, sizesNow } = await measured()
  await runtimes.measure(recordJob())
  const file = path.join(layout.cache, 'download-sizes.json')
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { sizes: Record<string, { file: string; bytes: number }> }
  expect(Object.keys(kept.sizes).toSorted()).toEqual(versions.map((_version, index) => String(index).repeat(64)))
  const { [`${'0'.repeat(64)}`]: _gone, ...rest } = kept.sizes
  writeFileSync(file, JSON.stringify({ version: 1, sizes: rest }))
  expect(await sizesNow()).toEqual([null, ...sizes.slice(1)])
  await runtimes.measure(recordJob())
  expect(mirror.requests).toHaveLength(versions.length + 1)
  writeFileSync(file, 'cut off')
  expect(await sizesNow()).toEqual(nothing)
  expect((await runtimes.measure(recordJob())).map(({ sizeBytes }) => sizeBytes)).toEqual(sizes)
})

it.each([
  ['that knows ranges', true, 206],
  ['that knows none', false, 200],
])('asks a server without HEAD %s for the first byte, and takes no more', async (_what, ranges, status) => {
  const { runtimes, mirror } = await measured({ always: { kind: 'no-head' }, ranges })
  expect((await runtimes.measure(recordJob())).map(({ sizeBytes }) => sizeBytes)).toEqual(sizes)
  const parts = mirror.requests.filter(({ method }) => method === 'GET')
  expect(parts).toHaveLength(versions.length)
  for (const part of parts) expect(part).toMatchObject({ range: 'bytes=0-0', status })
  if (ranges) expect(mirror.bytesSent()).toBe(versions.length)
})

it('takes no login page for an archive, and no refusal for a failure', async () => {
  const page = await measured({ always: { kind: 'page' } })
  expect((await page.runtimes.measure(recordJob())).map(({ sizeBytes }) => sizeBytes)).toEqual(nothing)
  const refusing = await measured({ always: { kind: 'status', status: 403 } })
  expect((await refusing.runtimes.measure(recordJob())).map(({ sizeBytes }) => sizeBytes)).toEqual(nothing)
  expect(existsSync(path.join(refusing.layout.cache, 'download-sizes.json'))).toBe(false)
})

it('does not wait for a mirror that says nothing, nor ask it about every file', async () => {
  const { runtimes, mirror } = await measured({ always: { kind: 'silent' } }, { BEEP_DOWNLOAD_STALL_MS: '300' })
  expect((await runtimes.measure(recordJob())).map(({ sizeBytes }) => sizeBytes)).toEqual(nothing)
  expect(mirror.requests.length).toBeLessThanOrEqual(4)
})

it('goes on to the next mirror of the catalog, as a download does', async () => {
  const { mirror: folder } = manyBuilds([])
  const second = await startMirror(folder)
  onTestFinished(() => second.close())
  const { env } = manyBuilds(['http://127.0.0.1:9/', second.url])
  const { runtimes } = workplace({ env })
  expect((await runtimes.measure(recordJob())).map(({ sizeBytes }) => sizeBytes)).toEqual(sizes)
})

it('a mirror of the user’s is asked alone; it may be a folder', async () => {
  const { mirror: folder } = manyBuilds([])
  const other = await startMirror(folder)
  onTestFinished(() => other.close())
  const { env } = manyBuilds([other.url])
  const { runtimes, settings } = workplace({ env })
  await settings.update({ pythonMirror: tempFolder() })
  expect((await runtimes.measure(recordJob())).map(({ sizeBytes }) => sizeBytes)).toEqual(nothing)
  expect(other.requests).toEqual([])
  await settings.update({ pythonMirror: pathToFileURL(folder).href })
  expect((await runtimes.measure(recordJob())).map(({ sizeBytes }) => sizeBytes)).toEqual(sizes)
})

it('stops when it is cancelled, and keeps what it has heard', async () => {
  const { runtimes, mirror, sizesNow } = await measured()
  const job = recordJob((told, self) => {
    if (told.fraction !== 0) self.cancel()
  })
  expect((await failureOf(runtimes.measure(job))).code).toBe('CANCELLED')
  expect(mirror.requests.length).toBeLessThan(versions.length)
  const known = (await sizesNow()).filter((size) => size !== null)
  expect(known.length).toBeGreaterThan(0)
  expect(known.length).toBeLessThan(versions.length)
})

it('an archive that is here tells its size itself', async () => {
  const mirror = await mirrorFor()
  const { runtimes, settings, install, layout } = workplace()
  await settings.update({ pythonMirror: mirror.url })
  expect(await runtimes.catalog()).toMatchObject([{ sizeBytes: null, isInstalled: false }])
  await install()
  expect(existsSync(path.join(layout.cache, cachedName))).toBe(true)
  expect(await runtimes.catalog()).toMatchObject([{ sizeBytes: archive.bytes, isInstalled: true }])
})
