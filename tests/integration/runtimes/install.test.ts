import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { archive, cachedName, failureOf, leftovers, mirrorFor, recordJob, workplace } from './workplace.ts'

it('installs a Python from a mirror, complete and usable, in a folder with a space and an accent', async () => {
  const mirror = await mirrorFor()
  const place = workplace()
  const runtime = await place.install({ kind: 'download', mirror: mirror.url })

  const root = path.join(place.layout.runtimes, archive.id)
  expect(runtime).toMatchObject({
    id: archive.id,
    version: archive.python,
    source: 'managed',
    origin: 'managed',
    isDefault: true,
    state: 'ready',
    executable: path.join(root, 'bin', 'python3'),
    probe: { prefix: root, externallyManaged: true, hasPip: true, hasVenv: true },
  })
  expect(runtime.sizeBytes).toBeGreaterThan(10_000_000)
  expect(leftovers(place)).toEqual({ staging: [], locks: [], runtimes: [archive.id], cache: [cachedName] })

  const say = (code: string) => execFileSync(runtime.executable, ['-I', '-B', '-c', code], { encoding: 'utf8' }).trim()
  expect(say('import sys; print(sys.prefix)')).toBe(root)
  expect(say('import ssl, sqlite3, ctypes, lzma; print(ssl.OPENSSL_VERSION)')).toMatch(/SSL/u)
  const manifest = JSON.parse(readFileSync(path.join(root, '.beep-runtime.json'), 'utf8')) as Record<string, unknown>
  expect(manifest).toMatchObject({
    id: archive.id,
    archive: { sha256: archive.sha256, url: `${mirror.url}/${archive.tag}/${encodeURIComponent(archive.name)}` },
  })
  expect(await place.runtimes.default()).toEqual(runtime)
  expect(await place.runtimes.get(archive.id)).toEqual(runtime)
  expect((await place.runtimes.list())[0]).toEqual(runtime)
  expect(await place.runtimes.catalog()).toMatchObject([{ key: archive.id, isInstalled: true }])
})

it('names its real folder where packages look that are compiled', async () => {
  const mirror = await mirrorFor()
  const place = workplace()
  const { executable } = await place.install({ kind: 'download', mirror: mirror.url })
  const root = path.join(place.layout.runtimes, archive.id)
  const code =
    'import sysconfig; v = sysconfig.get_config_vars(); print(v["LIBDIR"]); print(v["CC"].split()[0]); print(v["LDSHARED"])'
  const [libdir, cc, ldshared = ''] = execFileSync(executable, ['-I', '-B', '-c', code], { encoding: 'utf8' }).split(
    '\n',
  )
  expect(libdir).toBe(path.join(root, 'lib'))
  expect(cc).toBe('cc')
  expect(ldshared).not.toContain('/install')
})

it('tells true bytes, and never goes back', async () => {
  const mirror = await mirrorFor({
    faults: [
      { kind: 'cut', after: 3_000_000 },
      { kind: 'wrong-byte', offset: 5_000_000 },
    ],
  })
  const place = workplace()
  await place.install({ kind: 'download', mirror: mirror.url })
  const downloading = place.job.told.filter(({ title }) => title.startsWith('Downloading'))
  expect(downloading.length).toBeGreaterThan(10)
  expect(downloading.at(-1)).toMatchObject({ bytesDone: archive.bytes, bytesTotal: archive.bytes })
  const rising = (numbers: readonly number[]) =>
    numbers.every((value, index) => index === 0 || value >= numbers[index - 1]!)
  expect(rising(downloading.map(({ bytesDone = 0 }) => bytesDone))).toBe(true)
  expect(rising(place.job.told.flatMap(({ fraction }) => (fraction === null ? [] : [fraction])))).toBe(true)
  const unpacking = place.job.told.filter(({ title }) => title.startsWith('Unpacking'))
  expect(unpacking.at(-1)).toMatchObject({ bytesDone: archive.bytes, bytesTotal: archive.bytes })
})

it('asks nobody when it is installed already, and uses the kept archive when it is not', async () => {
  const mirror = await mirrorFor()
  const place = workplace()
  const first = await place.install({ kind: 'download', mirror: mirror.url })
  expect(await place.install({ kind: 'download', mirror: mirror.url })).toEqual(first)
  expect(mirror.requests).toHaveLength(1)

  await place.runtimes.remove(archive.id, [], recordJob())
  const again = await place.install({ kind: 'download', mirror: mirror.url })
  expect(again.id).toBe(first.id)
  expect(mirror.requests).toHaveLength(1)
})

it('does not trust a kept archive that has changed', async () => {
  const mirror = await mirrorFor()
  const place = workplace()
  await place.install({ kind: 'download', mirror: mirror.url })
  await place.runtimes.remove(archive.id, [], recordJob())
  const kept = path.join(place.layout.cache, cachedName)
  const bytes = readFileSync(kept)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(kept, bytes)
  await place.install({ kind: 'download', mirror: mirror.url })
  expect(mirror.requests).toHaveLength(2)
})

it('installs from a folder, flat or by tag, and from its file: address', async () => {
  const flat = path.dirname(archive.file)
  for (const mirror of [archive.mirror, flat, `file://${encodeURI(archive.mirror)}`]) {
    const place = workplace()
    expect(await place.install({ kind: 'download', mirror })).toMatchObject({ id: archive.id, state: 'ready' })
  }
})

it('takes the mirror of the settings, and asks nobody else when that fails', async () => {
  const mirror = await mirrorFor({ always: { kind: 'status', status: 404 } })
  const place = workplace()
  await place.settings.update({ pythonMirror: mirror.url })
  const failure = await failureOf(place.install())
  expect(failure.code).toBe('DOWNLOAD_NOT_FOUND')
  expect(mirror.requests.map((request) => decodeURIComponent(request.path))).toEqual([
    `/${archive.tag}/${archive.name}`,
    `/${archive.name}`,
  ])
})

it('repairs one whose interpreter is gone, and passes over a folder without a manifest', async () => {
  const mirror = await mirrorFor()
  const place = workplace()
  const source = { kind: 'download', mirror: mirror.url } as const
  const { executable } = await place.install(source)
  const root = path.join(place.layout.runtimes, archive.id)
  rmSync(path.join(root, 'bin'), { recursive: true })
  expect(await place.runtimes.get(archive.id)).toMatchObject({
    state: 'broken',
    problem: { code: 'PYTHON_BROKEN', message: expect.stringContaining(executable) as string },
  })
  expect((await failureOf(place.runtimes.setDefault(archive.id))).code).toBe('PYTHON_BROKEN')
  expect(await place.install(source)).toMatchObject({ state: 'ready' })
  expect(leftovers(place)).toMatchObject({ staging: [], runtimes: [archive.id] })

  renameSync(path.join(root, '.beep-runtime.json'), path.join(root, 'elsewhere.json'))
  expect((await place.runtimes.list()).filter((runtime) => runtime.source === 'managed')).toEqual([])
  expect(await place.install(source)).toMatchObject({ state: 'ready' })
  expect(existsSync(path.join(root, 'elsewhere.json'))).toBe(false)
})

it('lists one with an unreadable manifest as broken, so that it can be removed', async () => {
  const mirror = await mirrorFor()
  const place = workplace()
  await place.install({ kind: 'download', mirror: mirror.url })
  writeFileSync(path.join(place.layout.runtimes, archive.id, '.beep-runtime.json'), '{"version": 1, "id": ')
  expect(await place.runtimes.get(archive.id)).toMatchObject({ state: 'broken', problem: { code: 'FILE_UNREADABLE' } })
  expect((await place.runtimes.remove(archive.id, [], recordJob())).freedBytes).toBeGreaterThan(10_000_000)
})

it('keeps working when the data root is moved', async () => {
  const mirror = await mirrorFor()
  const place = workplace()
  await place.install({ kind: 'download', mirror: mirror.url })
  const elsewhere = tempFolder()
  renameSync(path.dirname(place.home), path.join(elsewhere, 'déplacé'))
  const moved = workplace({ home: path.join(elsewhere, 'déplacé') })
  const runtime = await moved.runtimes.default()
  expect(runtime).toMatchObject({ id: archive.id, state: 'ready' })
  expect(
    execFileSync(runtime.executable, ['-I', '-B', '-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' }).trim(),
  ).toBe(path.join(moved.layout.runtimes, archive.id))
})

it('removes a managed one, but not while environments stand on it', async () => {
  const mirror = await mirrorFor()
  const place = workplace()
  await place.install({ kind: 'download', mirror: mirror.url })
  const inUse = await failureOf(place.runtimes.remove(archive.id, ['demo', 'été'], recordJob()))
  expect(inUse).toMatchObject({ code: 'IN_USE', details: { environments: ['demo', 'été'] } })

  const removed = await place.runtimes.remove(archive.id, [], recordJob())
  expect(removed.id).toBe(archive.id)
  expect(removed.freedBytes).toBeGreaterThan(10_000_000)
  expect(leftovers(place)).toMatchObject({ staging: [], locks: [], runtimes: [] })
  expect((await place.settings.get()).defaultRuntime).toBeNull()
  expect((await failureOf(place.runtimes.get(archive.id))).code).toBe('NOT_FOUND')
})

it('installs without making it the default when asked so', async () => {
  const mirror = await mirrorFor()
  const place = workplace()
  await place.runtimes.install({ source: { kind: 'download', mirror: mirror.url }, makeDefault: false }, place.job)
  expect((await place.settings.get()).defaultRuntime).toBeNull()
})

it('has no such version, and says which there are', async () => {
  const place = workplace()
  const failure = await failureOf(
    place.runtimes.install({ version: '3.7', source: { kind: 'download' }, makeDefault: true }, place.job),
  )
  expect(failure.code).toBe('NOT_FOUND')
  expect(failure.hint).toContain(archive.python)
})

it('refuses a machine that there is no build for', async () => {
  const place = workplace({ seams: { facts: { platform: 'linux', arch: 'x64', glibc: '2.12' } } })
  const failure = await failureOf(place.install())
  expect(failure.code).toBe('WRONG_PLATFORM')
  expect(failure.message).toContain('2.17')
  expect(await place.runtimes.catalog()).toEqual([])
})
