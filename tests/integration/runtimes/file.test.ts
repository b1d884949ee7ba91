import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { archive, failureOf, leftovers, recordJob, workplace } from './workplace.ts'

/** A catalog that knows nothing of the test archive. */
function otherCatalog(
  folder: string,
  change: (catalog: { releases: { python: string; sha256: Record<string, string> }[] }) => void,
): string {
  const catalog = JSON.parse(readFileSync(archive.catalog, 'utf8')) as Parameters<typeof change>[0]
  change(catalog)
  const file = path.join(folder, 'catalog.json')
  writeFileSync(file, JSON.stringify(catalog))
  return file
}

it('installs an archive that the catalog knows by its name, from a path with a space and an accent', async () => {
  const file = path.join(tempFolder(), archive.name)
  copyFileSync(archive.file, file)
  const place = workplace()
  const runtime = await place.install({ kind: 'file', path: file })
  expect(runtime).toMatchObject({ id: archive.id, source: 'managed', state: 'ready', isDefault: true })
  expect(await place.install({ kind: 'file', path: file })).toEqual(runtime)
  expect(leftovers(place)).toEqual({ staging: [], locks: [], runtimes: [archive.id], cache: [] })
})

it('knows a renamed archive by its hash', async () => {
  const file = path.join(tempFolder(), 'téléchargement (1).tar.gz')
  copyFileSync(archive.file, file)
  expect(await workplace().install({ kind: 'file', path: file })).toMatchObject({ id: archive.id })
})

it('does not install a known name with other bytes', async () => {
  const file = path.join(tempFolder(), archive.name.replace('+', '%2B'))
  const bytes = readFileSync(archive.file)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(file, bytes)
  const place = workplace()
  const failure = await failureOf(place.install({ kind: 'file', path: file }))
  expect(failure).toMatchObject({ code: 'HASH_MISMATCH', details: { expectedSha256: archive.sha256 } })
  expect(leftovers(place).runtimes).toEqual([])
})

it('lets Python say what an unknown archive is, and keeps its hash', async () => {
  const folder = tempFolder()
  const catalog = otherCatalog(folder, (file) => (file.releases = []))
  const place = workplace({ env: { BEEP_PYTHON_CATALOG: catalog } })
  const file = path.join(folder, 'my own python.tgz')
  copyFileSync(archive.file, file)
  const runtime = await place.install({ kind: 'file', path: file })
  const id = `${archive.id}-${archive.sha256.slice(0, 8)}`
  expect(runtime).toMatchObject({ id, version: archive.python, state: 'ready', isDefault: true })
  const manifest = JSON.parse(
    readFileSync(path.join(place.layout.runtimes, id, '.beep-runtime.json'), 'utf8'),
  ) as unknown
  expect(manifest).toMatchObject({ archive: { file: 'my own python.tgz', sha256: archive.sha256, tag: null } })
  expect(await place.install({ kind: 'file', path: file })).toEqual(runtime)

  const wrongVersion = place.runtimes.install(
    { version: '3.8', source: { kind: 'file', path: file }, makeDefault: true },
    recordJob(),
  )
  // It is known by now, and the version is asked all the same.
  expect((await failureOf(wrongVersion)).code).toBe('INVALID_PARAMS')
})

it('refuses an archive for another machine without unpacking it', async () => {
  const folder = tempFolder()
  const catalog = otherCatalog(folder, ({ releases }) => {
    for (const release of releases) release.sha256 = { 'aarch64-apple-darwin': archive.sha256 }
  })
  const place = workplace({ env: { BEEP_PYTHON_CATALOG: catalog } })
  const failure = await failureOf(place.install({ kind: 'file', path: archive.file }))
  expect(failure).toMatchObject({ code: 'WRONG_PLATFORM', details: { triple: 'aarch64-apple-darwin' } })
})

it('notices an archive that holds another Python than the catalog says', async () => {
  const folder = tempFolder()
  const catalog = otherCatalog(folder, ({ releases }) => {
    for (const release of releases) release.python = '3.11.99'
  })
  const place = workplace({ env: { BEEP_PYTHON_CATALOG: catalog } })
  const failure = await failureOf(place.install({ kind: 'file', path: archive.file }))
  expect(failure.code).toBe('ARCHIVE_INVALID')
  expect(failure.message).toContain(`holds Python ${archive.python}`)
  expect(leftovers(place)).toMatchObject({ staging: [], runtimes: [] })
})

it('says what is wrong with a path', async () => {
  const folder = tempFolder()
  const page = path.join(folder, 'page.tar.gz')
  writeFileSync(page, '<html>')
  mkdirSync(path.join(folder, 'folder'))
  const place = workplace()
  const codeOf = async (file: string) => (await failureOf(place.install({ kind: 'file', path: file }))).code
  expect(await codeOf(path.join(folder, 'nothing.tar.gz'))).toBe('NOT_FOUND')
  expect(await codeOf(page)).toBe('ARCHIVE_INVALID')
  expect(await codeOf(path.join(folder, 'folder'))).toBe('ARCHIVE_INVALID')
  expect(await codeOf('python.tar.gz')).toBe('INVALID_PARAMS')
})
