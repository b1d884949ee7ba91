import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { create as createTar } from 'tar'
import { describe, expect, it } from 'vitest'
import type { BundleManifest } from '../../../contract/index.ts'
import { failureOf } from '../../tools/failure-of.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { archive, recordJob } from '../runtimes/workplace.ts'
import { bundlePlace } from './rooms.ts'

const content = 'no wheel at all'
const wheel = {
  path: 'wheels/demo-1.0-py3-none-any.whl',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
}

/** A bundle by hand, so that it can be wrong. */
async function craft(manifest: object, files: Readonly<Record<string, string>>, order?: readonly string[]) {
  const folder = tempFolder()
  const all: Record<string, string> = { 'manifest.json': JSON.stringify(manifest), ...files }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  const file = path.join(tempFolder(), 'crafted é.beep-bundle')
  await createTar({ file, cwd: folder, portable: true, preservePaths: true }, [...(order ?? Object.keys(all))])
  return file
}

function manifestWith(change: Partial<BundleManifest> = {}): BundleManifest {
  const python = 'no Python at all'
  return {
    version: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    triple: archive.triple,
    python: {
      version: '3.12.1',
      file: {
        path: 'python/python.tar.gz',
        bytes: python.length,
        sha256: createHash('sha256').update(python).digest('hex'),
      },
    },
    packages: ['demo'],
    profiles: [],
    withFronts: false,
    wheels: [wheel],
    ...change,
  }
}
const sound = { 'python/python.tar.gz': 'no Python at all', [wheel.path]: content }

async function refused(file: string, sha256?: string) {
  const { bundles, layout, runtimes, job } = bundlePlace()
  const failure = await failureOf(
    bundles.import({ path: file, makeDefault: true, ...(sha256 === undefined ? {} : { sha256 }) }, job),
  )
  // Nothing is left, and nothing was put anywhere.
  expect(existsSync(layout.wheels)).toBe(false)
  expect(existsSync(layout.staging) ? readdirSync(layout.staging) : []).toEqual([])
  expect((await runtimes.list()).filter(({ source }) => source === 'managed')).toEqual([])
  return failure
}

describe('a bundle is refused, and nothing is changed, when', () => {
  it.each([
    [
      'a wheel has other bytes',
      async () => craft(manifestWith(), { ...sound, [wheel.path]: content.replace('no', 'a ') }),
      'HASH_MISMATCH',
      /is not the file that its manifest names/u,
    ],
    [
      'a wheel has another size',
      async () => craft(manifestWith(), { ...sound, [wheel.path]: `${content} and more` }),
      'ARCHIVE_INVALID',
      /has 24 bytes, and its manifest says 15/u,
    ],
    [
      'a wheel is missing',
      async () => craft(manifestWith(), { 'python/python.tar.gz': 'no Python at all' }),
      'ARCHIVE_INVALID',
      /is missing/u,
    ],
    [
      'there is a file more',
      async () => craft(manifestWith(), { ...sound, 'wheels/extra-1.0-py3-none-any.whl': 'x' }),
      'ARCHIVE_INVALID',
      /extra-1\.0.*is not in its manifest/u,
    ],
    [
      'a name leads out of it',
      async () => craft(manifestWith({ wheels: [{ ...wheel, path: '../../escape.whl' }] }), sound),
      'ARCHIVE_INVALID',
      /does not have the right form: wheels\.0\.path/u,
    ],
    [
      'the manifest does not come first',
      async () => craft(manifestWith(), sound, [wheel.path, 'manifest.json', 'python/python.tar.gz']),
      'ARCHIVE_INVALID',
      /does not begin with a manifest/u,
    ],
    [
      'it was made by a newer version',
      async () => craft({ ...manifestWith(), version: 2 }, sound),
      'ARCHIVE_INVALID',
      /newer version/u,
    ],
    [
      'it is for another machine',
      async () => craft(manifestWith({ triple: 'aarch64-apple-darwin' }), sound),
      'WRONG_PLATFORM',
      /is for aarch64-apple-darwin/u,
    ],
    ['its Python is none', async () => craft(manifestWith(), sound), 'ARCHIVE_INVALID', /is not a \.tar\.gz archive/u],
  ] as const)('%s', async (_why, make, code, message) => {
    const failure = await refused(await make())
    expect(failure).toMatchObject({ code })
    expect(failure.message).toMatch(message)
  })

  it('an entry is a link', async () => {
    const folder = tempFolder()
    mkdirSync(path.join(folder, 'python'))
    writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifestWith()))
    symlinkSync('/etc/passwd', path.join(folder, 'python', 'python.tar.gz'))
    const file = path.join(tempFolder(), 'link.beep-bundle')
    await createTar({ file, cwd: folder, portable: true }, ['manifest.json', 'python/python.tar.gz'])
    expect(await refused(file)).toMatchObject({
      code: 'ARCHIVE_INVALID',
      message: expect.stringMatching(/SymbolicLink/u),
    })
  })

  it('it is cut off, empty, or something else', async () => {
    for (const text of ['', 'neither a tar nor anything else'.repeat(100)]) {
      const file = path.join(tempFolder(), 'none.beep-bundle')
      writeFileSync(file, text)
      expect(await refused(file)).toMatchObject({ code: 'ARCHIVE_INVALID' })
    }
  })

  it('the whole is not the file that was expected', async () => {
    expect(await refused(await craft(manifestWith(), sound), '0'.repeat(64))).toMatchObject({ code: 'HASH_MISMATCH' })
  })

  it('there is none', async () => {
    expect(await refused('/nowhere/x.beep-bundle')).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused('relative.beep-bundle')).toMatchObject({ code: 'INVALID_PARAMS' })
  })
})

it('a bundle is not begun where it cannot be written, or for a profile that there is not', async () => {
  const { bundles } = bundlePlace()
  const params = { packages: [], profiles: [], withFronts: false }
  const job = recordJob()
  expect(await failureOf(bundles.create({ ...params, path: '/nowhere/x.beep-bundle' }, job))).toMatchObject({
    code: 'PATH_UNUSABLE',
  })
  expect(await failureOf(bundles.create({ ...params, path: tempFolder() }, job))).toMatchObject({
    code: 'PATH_UNUSABLE',
  })
})
