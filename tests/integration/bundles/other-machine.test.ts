import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { list } from 'tar'
import { expect, it } from 'vitest'
import { wheelPlatform } from '../../../core/environments/installer/wheel-platform.ts'
import { failureOf } from '../../tools/failure-of.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { obtainUv } from '../environments/uv.ts'
import { onlyFrom, writeWheel } from '../environments/wheels.ts'
import { archive } from '../runtimes/workplace.ts'
import { bundlePlace } from './rooms.ts'

const windows = 'x86_64-pc-windows-msvc'
/** Milliseconds: a Python is unpacked. */
const longMs = 120_000
const uv = obtainUv()
const cp = `cp${archive.python.split('.').slice(0, 2).join('')}`
const content = gzipSync('A Python for Windows, which nobody here unpacks')
const windowsPython = {
  name: archive.name.replace(archive.triple, windows),
  sha256: createHash('sha256').update(content).digest('hex'),
}

/** A mirror with the Python of this machine and one for Windows, and an index with packages for both. */
function place() {
  const base = tempFolder()
  const at = (...names: string[]) => path.join(base, ...names)
  for (const folder of [at('mirror', archive.tag), at('out')]) mkdirSync(folder, { recursive: true })
  copyFileSync(archive.file, at('mirror', archive.tag, archive.name))
  writeFileSync(at('mirror', archive.tag, windowsPython.name), content)
  const catalog = JSON.parse(readFileSync(archive.catalog, 'utf8')) as { releases: { sha256: object }[] }
  catalog.releases[0]!.sha256 = { ...catalog.releases[0]!.sha256, [windows]: windowsPython.sha256 }
  writeFileSync(at('catalog.json'), JSON.stringify(catalog))
  writeFileSync(at('fronts.txt'), 'front; sys_platform == "win32"\nunix-front; sys_platform != "win32"\n')

  const wheels = at('wheels')
  const requires = ['native', 'only-windows; sys_platform == "win32"', 'unix-front; sys_platform != "win32"']
  writeWheel(wheels, { name: 'needy', version: '1.0', requires })
  const own = `${cp}-${cp}-${wheelPlatform(archive.triple).pip[0]}`
  writeWheel(wheels, { name: 'native', version: '1.0', tag: `${cp}-${cp}-win_amd64` })
  writeWheel(wheels, { name: 'native', version: '2.0', tag: own })
  for (const name of ['only-windows', 'front', 'unix-front']) writeWheel(wheels, { name, version: '1.0' })
  writeWheel(wheels, { name: 'only-here', version: '1.0', tag: own })
  writeWheel(wheels, { name: 'deep', version: '1.0', requires: ['only-here'] })

  const found = Object.entries(onlyFrom(wheels)).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const variables = { UV_CACHE_DIR: at('uv cache'), ...(uv === undefined ? {} : { UV: uv }) }
  const { layout, settings, job, bundles } = bundlePlace(
    { env: { ...Object.fromEntries(found), ...variables, BEEP_PYTHON_CATALOG: at('catalog.json') } },
    at('fronts.txt'),
  )
  const make = (name: string, packages: string[], machine: typeof windows | typeof archive.triple = windows) =>
    bundles.create(
      // A machine that runs these tests is one that bundles can be for.
      { path: at('out', name), packages, profiles: [], withFronts: true, for: machine as typeof windows },
      job,
    )
  const left = () => ({
    out: readdirSync(at('out')),
    staging: existsSync(layout.staging) ? readdirSync(layout.staging) : [],
  })
  return { mirror: at('mirror'), layout, settings, bundles, job, make, left }
}

it.skipIf(uv === undefined)(
  'a bundle for another kind of machine holds its Python and its wheels, chosen by its tags and markers',
  async () => {
    const { mirror, settings, bundles, job, make, left } = place()
    await settings.update({ pythonMirror: mirror })
    const made = await make('windows.beep-bundle', ['needy'])
    const wheels = [
      'wheels/front-1.0-py3-none-any.whl',
      `wheels/native-1.0-${cp}-${cp}-win_amd64.whl`,
      'wheels/needy-1.0-py3-none-any.whl',
      'wheels/only_windows-1.0-py3-none-any.whl',
    ]
    const { python, triple } = made.manifest
    expect(triple).toBe(windows)
    expect(python).toMatchObject({
      version: archive.python,
      file: { sha256: windowsPython.sha256, bytes: content.length },
    })
    expect(made.manifest.wheels.map((wheel) => wheel.path)).toEqual(wheels)
    const inside: string[] = []
    await list({ file: made.path, onReadEntry: (entry) => inside.push(entry.path) })
    expect(inside).toEqual(['manifest.json', `python/${windowsPython.name}`, ...wheels])
    expect(left()).toEqual({ out: ['windows.beep-bundle'], staging: [] })

    // It is of no use here.
    expect(await failureOf(bundles.import({ path: made.path, makeDefault: true }, job))).toMatchObject({
      code: 'WRONG_PLATFORM',
      hint: expect.stringContaining(`--for ${archive.triple}`),
    })

    // What has no wheel for it is named, and nothing is left behind.
    expect(await failureOf(make('none.beep-bundle', ['deep']))).toMatchObject({
      code: 'PACKAGES_FAILED',
      message: `only-here has no wheel for Python ${archive.python} on ${windows}`,
    })
    expect(left()).toEqual({ out: ['windows.beep-bundle'], staging: [] })

    // This kind may be named, too, and needs no uv.
    await settings.update({ installer: 'pip' })
    const own = await make('own.beep-bundle', ['native'], archive.triple)
    expect(own.manifest.triple).toBe(archive.triple)
    expect(own.manifest.wheels.map((wheel) => wheel.path)).toEqual([
      expect.stringMatching(/^wheels\/native-2\.0-/u),
      'wheels/unix_front-1.0-py3-none-any.whl',
    ])
  },
  longMs,
)

it('without uv, a bundle for another kind of machine is refused before anything is fetched', async () => {
  const { layout, settings, make, left } = place()
  await settings.update({ installer: 'pip' })
  expect(await failureOf(make('none.beep-bundle', ['needy']))).toMatchObject({
    code: 'UNSUPPORTED',
    message: expect.stringContaining('uv'),
    hint: expect.stringContaining('on a machine of that kind'),
  })
  expect(left()).toEqual({ out: [], staging: [] })
  expect(existsSync(layout.cache) ? readdirSync(layout.cache) : []).toEqual([])
})
