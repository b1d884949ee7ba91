import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { triples } from '../../../../core/platform/index.ts'
import { buildFor, buildTripleOf, chooseBuild, loadCatalog } from '../../../../core/runtimes/catalog.ts'
import { catalogUrl } from '../../../../core/runtimes/mirror.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const linux = { platform: 'linux', arch: 'x64', glibc: '2.36' } as const
const shipped = await loadCatalog({})

it('has a build of two lines for each of the eight platforms, each with its own hash', () => {
  expect(shipped.builds).toHaveLength(16)
  expect(new Set(shipped.builds.map((build) => build.sha256)).size).toBe(16)
  for (const triple of triples) {
    const lines = shipped.builds.filter((build) => build.triple === triple).map((build) => build.python)
    expect(lines, triple).toEqual(['3.13.15', '3.12.14'])
  }
})

it('asks two mirrors, with the plus sign of the name encoded', () => {
  const build = chooseBuild(shipped, linux, '3.12')
  expect(build.file).toBe('cpython-3.12.14+20260814-x86_64-unknown-linux-gnu-install_only_stripped.tar.gz')
  expect(shipped.mirrors.map((mirror) => catalogUrl(mirror, build))).toEqual([
    'https://releases.astral.sh/github/python-build-standalone/releases/download/20260814/cpython-3.12.14%2B20260814-x86_64-unknown-linux-gnu-install_only_stripped.tar.gz',
    'https://github.com/astral-sh/python-build-standalone/releases/download/20260814/cpython-3.12.14%2B20260814-x86_64-unknown-linux-gnu-install_only_stripped.tar.gz',
  ])
})

it.each([
  [undefined, '3.13.15'],
  ['3', '3.13.15'],
  ['3.12', '3.12.14'],
  ['3.12.14', '3.12.14'],
])('gives for the request %s the version %s', (request, version) => {
  expect(chooseBuild(shipped, linux, request).python).toBe(version)
})

it('says what there is when a version is not', () => {
  for (const request of ['3.11', '3.12.1', '4']) {
    expect(() => chooseBuild(shipped, linux, request), request).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND', hint: expect.stringContaining('3.13.15, 3.12.14') as string }),
    )
  }
})

it.each([
  [{ platform: 'linux', arch: 'x64', glibc: '2.17' }, 'x86_64-unknown-linux-gnu'],
  [{ platform: 'linux', arch: 'arm64', glibc: undefined }, 'aarch64-unknown-linux-musl'],
  [{ platform: 'darwin', arch: 'arm64', glibc: undefined }, 'aarch64-apple-darwin'],
  [{ platform: 'win32', arch: 'x64', glibc: undefined }, 'x86_64-pc-windows-msvc'],
  [{ platform: 'win32', arch: 'arm64', glibc: undefined }, 'x86_64-pc-windows-msvc'],
] as const)('picks the build for %o', (facts, triple) => {
  expect(buildTripleOf(facts)).toEqual({ triple })
  expect(chooseBuild(shipped, facts, undefined).triple).toBe(triple)
})

it('has builds for other machines', () => {
  expect(buildFor(shipped, 'x86_64-pc-windows-msvc', '3.12').file).toMatch(/^cpython-3\.12\.14.*-pc-windows-msvc-/u)
  expect(() => buildFor(shipped, 'aarch64-apple-darwin', '4')).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND', hint: 'Available: 3.13.15, 3.12.14.' }),
  )
})

it('has none for an old glibc, and says so', () => {
  expect(() => chooseBuild(shipped, { ...linux, glibc: '2.12' }, undefined)).toThrow(
    expect.objectContaining({ code: 'WRONG_PLATFORM', message: expect.stringContaining('2.17') as string }),
  )
})

it('takes another catalog from the environment, and nothing that is not one', async () => {
  const file = path.join(tempFolder(), 'catalog.json')
  const env = { BEEP_PYTHON_CATALOG: file }
  await expect(loadCatalog(env)).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    hint: expect.stringContaining('BEEP_PYTHON_CATALOG') as string,
  })
  const release = { python: '3.14.1', tag: '20260101', sha256: { 'aarch64-apple-darwin': 'a'.repeat(64) } }
  const catalog = { version: 1, flavor: 'install_only', mirrors: ['https://mirror.example'], releases: [release] }
  writeFileSync(file, JSON.stringify(catalog))
  expect((await loadCatalog(env)).builds).toMatchObject([
    { id: 'cpython-3.14.1-macos-aarch64-none', sha256: 'a'.repeat(64) },
  ])
  const bad = [
    { ...catalog, version: 2 },
    { ...catalog, releases: [{ ...release, sha256: { 'aarch64-apple-darwin': 'abc' } }] },
    { ...catalog, releases: [{ ...release, sha256: { 'sparc-sun': 'a'.repeat(64) } }] },
    { ...catalog, releases: [{ ...release, python: '../../evil' }] },
    { ...catalog, mirrors: [] },
    { ...catalog, mirrors: ['http://mirror.example'] },
  ]
  for (const other of bad) {
    writeFileSync(file, JSON.stringify(other))
    await expect(loadCatalog(env), JSON.stringify(other)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  }
})
