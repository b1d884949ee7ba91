import { existsSync, mkdirSync, readdirSync, readlinkSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { extractArchive } from '../../../core/runtimes/archive/extract.ts'
import { freeBytes } from '../../../core/storage/index.ts'
import { writeCrafted } from '../../fixtures/python-archive/crafted.ts'
import type { CraftedEntry } from '../../fixtures/python-archive/crafted.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { probeAnswer } from './probe-answer.ts'
import { archive, failureOf, leftovers, workplace } from './workplace.ts'

const honest: CraftedEntry = { path: 'python/bin/python3', content: '#!/bin/sh\n' }

const attacks: readonly (readonly [string, readonly CraftedEntry[]])[] = [
  ['an entry above the folder', [honest, { path: 'python/../../evil', content: 'x' }]],
  ['an entry beside the folder', [honest, { path: 'evil', content: 'x' }]],
  ['a full path', [{ path: '/tmp/beep-evil', content: 'x' }]],
  ['a link out of the folder', [honest, { path: 'python/out', type: 'symlink', target: '../../..' }]],
  ['a link to a full path', [honest, { path: 'python/out', type: 'symlink', target: '/etc' }]],
  [
    'a file through a link',
    [
      { path: 'python/out', type: 'symlink', target: 'lib' },
      { path: 'python/out/evil', content: 'x' },
    ],
  ],
  [
    'links that lead out together',
    [
      { path: 'python/a/b/c/up', type: 'symlink', target: '../../..' },
      { path: 'python/a/b/c/out', type: 'symlink', target: 'up/../..' },
    ],
  ],
  [
    'a second name for a file outside',
    [honest, { path: 'python/evil', type: 'hardlink', target: '../../../etc/passwd' }],
  ],
  ['a device', [honest, { path: 'python/null', type: 'device' }]],
  ['one name twice', [honest, { path: 'python/bin/python3', content: 'other' }]],
]

it.each(attacks)('refuses %s, and leaves nothing behind', async (_, entries) => {
  const base = tempFolder()
  const file = path.join(base, 'python.tar.gz')
  writeCrafted(file, entries)
  const place = workplace({ home: base })
  const before = readdirSync(path.dirname(place.home))
  const failure = await failureOf(place.install({ kind: 'file', path: file }))
  expect(failure).toMatchObject({
    code: 'ARCHIVE_INVALID',
    message: expect.stringContaining('Nothing was installed') as string,
  })
  expect(leftovers(place)).toMatchObject({ staging: [], locks: [], runtimes: [] })
  expect(readdirSync(path.dirname(place.home)).filter((name) => !before.includes(name))).toEqual([
    path.basename(place.home),
  ])
  expect(existsSync('/tmp/beep-evil')).toBe(false)
})

it('refuses archives that end in the middle, are damaged, empty or no archives inside', async () => {
  const base = tempFolder()
  const place = workplace({ home: base })
  const whole = readFileSync(archive.file)
  const damaged = Buffer.from(whole)
  damaged.fill(0xaa, whole.length >> 1, (whole.length >> 1) + 64)
  // Cut where the gzip layer is sound, so that only the inner layer can tell.
  const cutInside = gzipSync(gunzipSync(whole).subarray(0, 3_000_000), { level: 1 })
  const files = {
    cut: whole.subarray(0, whole.length >> 1),
    damaged,
    cutInside,
    empty: gzipSync(Buffer.alloc(1024)),
    text: gzipSync('hello'),
  }
  for (const [name, bytes] of Object.entries(files)) {
    const file = path.join(base, `${name}.tar.gz`)
    writeFileSync(file, bytes)
    expect((await failureOf(place.install({ kind: 'file', path: file }))).code, name).toBe('ARCHIVE_INVALID')
    expect(leftovers(place), name).toMatchObject({ staging: [], runtimes: [] })
  }
})

it('does not list what unpacks well and does not work', async () => {
  const base = tempFolder()
  const file = path.join(base, 'python.tar.gz')
  const place = workplace({ home: base })
  writeCrafted(file, [{ path: 'python/bin/python3', content: '#!/bin/sh\necho "kaputt" >&2\nexit 3\n' }])
  const failure = await failureOf(place.install({ kind: 'file', path: file }))
  expect(failure).toMatchObject({ code: 'PYTHON_BROKEN', details: { exitCode: 3, lastLines: ['kaputt'] } })

  const lacking = probeAnswer({ hasVenv: false }, { _ssl: 'ImportError: libssl.so.3: cannot open shared object file' })
  writeCrafted(file, [{ path: 'python/bin/python3', content: `#!/bin/sh\n${lacking}\n` }])
  expect(await failureOf(place.install({ kind: 'file', path: file }))).toMatchObject({
    code: 'PYTHON_BROKEN',
    message: expect.stringMatching(/cannot import _ssl \(ImportError: libssl.*venv/u) as string,
    details: { missing: { venv: 'not there' } },
  })

  // The head of a program for the other of the two usual processors.
  const foreign = Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 183, 0])
  if (process.arch === 'arm64') foreign[18] = 62
  writeCrafted(file, [{ path: 'python/bin/python3', content: foreign }])
  const other = await failureOf(place.install({ kind: 'file', path: file }))
  expect(other).toMatchObject({
    code: 'WRONG_PLATFORM',
    message: expect.stringMatching(/for (arm64|x64) processors/u) as string,
  })
  expect(leftovers(place)).toMatchObject({ staging: [], runtimes: [] })
})

it('unpacks a sound archive with its links, second names and modes', async () => {
  const base = tempFolder()
  const file = path.join(base, 'python.tar.gz')
  const root = path.join(base, 'neuer Ordner')
  mkdirSync(base, { recursive: true })
  writeCrafted(file, [
    { path: 'python/', type: 'folder' },
    honest,
    { path: 'python/bin/python', type: 'symlink', target: 'python3' },
    { path: './python/lib/deep/link', type: 'symlink', target: '../../bin/python3' },
    { path: 'python/bin/second', type: 'hardlink', target: 'python/bin/python3' },
    { path: 'python/empty', type: 'folder' },
  ])
  const extracted = await extractArchive(file, root, {
    signal: new AbortController().signal,
    onProgress: () => {},
    freeBytes,
  })
  expect(extracted).toMatchObject({ fileCount: 4, bytes: 10, longestPath: 'lib/deep/link'.length })
  expect(readlinkSync(path.join(root, 'lib/deep/link'))).toBe('../../bin/python3')
  for (const name of ['python3', 'python', 'second'])
    expect(readFileSync(path.join(root, 'bin', name), 'utf8')).toBe('#!/bin/sh\n')
  expect(statSync(path.join(root, 'bin/python3')).mode & 0o777).toBe(0o755)
  expect(statSync(path.join(root, 'empty')).isDirectory()).toBe(true)
})
