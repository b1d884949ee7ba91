import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { crc32 } from 'node:zlib'
import { create } from 'tar'

/** A package to be generated. */
export interface FakePackage {
  readonly name: string
  readonly version: string
  readonly requires?: readonly string[]
  readonly requiresPython?: string
  /** Which Pythons and machines it is for; absent: all. */
  readonly tag?: string
  /** Further files in the wheel, path to text. */
  readonly files?: Readonly<Record<string, string>>
}

/** Writes a wheel of Python alone, whatever its tag says; its module is called like the package and holds `version`. @returns the file. */
export function writeWheel(folder: string, one: FakePackage): string {
  const module = one.name.replaceAll('-', '_')
  const info = `${module}-${one.version}.dist-info`
  const tag = one.tag ?? 'py3-none-any'
  const metadata = [
    'Metadata-Version: 2.1',
    `Name: ${one.name}`,
    `Version: ${one.version}`,
    ...(one.requiresPython === undefined ? [] : [`Requires-Python: ${one.requiresPython}`]),
    ...(one.requires ?? []).map((requirement) => `Requires-Dist: ${requirement}`),
  ]
  const files: Record<string, string> = {
    [`${module}.py`]: `version = "${one.version}"\n`,
    ...one.files,
    [`${info}/METADATA`]: `${metadata.join('\n')}\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
  }
  const rows = Object.entries(files).map(([file, text]) => {
    const hash = createHash('sha256').update(text).digest('base64url')
    return `"${file}",sha256=${hash},${Buffer.byteLength(text)}\n`
  })
  const record = [...rows, `${info}/RECORD,,\n`].join('')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${module}-${one.version}-${tag}.whl`)
  writeFileSync(file, zip({ ...files, [`${info}/RECORD`]: record }))
  return file
}

/**
 * Writes a source package whose build runs the given Python statements, and has no result. They may use `here`, a folder
 * of the caller's.
 */
export async function writeSource(folder: string, name: string, here: string, statements: string): Promise<void> {
  const top = `${name}-1.0`
  const place = path.join(folder, `.${name}`, top)
  mkdirSync(place, { recursive: true })
  const body = statements
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
  const backend = `import os, subprocess, sys, time
here = ${JSON.stringify(here)}
def build():
${body}
def prepare_metadata_for_build_wheel(*args): build()
def build_wheel(*args): build()
`
  writeFileSync(path.join(place, 'backend.py'), backend)
  writeFileSync(
    path.join(place, 'pyproject.toml'),
    `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "${name}"\nversion = "1.0"\n`,
  )
  writeFileSync(path.join(place, 'PKG-INFO'), `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`)
  await create({ cwd: path.dirname(place), gzip: true, file: path.join(folder, `${top}.tar.gz`) }, [top])
}

/**
 * Variables under which an installer sees this folder of packages and nothing else: no network, no configuration of the
 * developer's. As an address, for pip cuts its list of places at every space.
 */
export function onlyFrom(folder: string): Record<string, string | undefined> {
  mkdirSync(folder, { recursive: true })
  return {
    ...noIndexSettings(),
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: pathToFileURL(folder).href,
  }
}

/** Takes away every word on indexes that the developer's machine may have for pip and uv. */
export function noIndexSettings(): Record<string, string | undefined> {
  const names = Object.keys(process.env).filter((name) => /^(PIP|UV)_/u.test(name))
  return {
    ...Object.fromEntries(names.map((name) => [name, undefined])),
    PIP_CONFIG_FILE: process.platform === 'win32' ? 'nul' : '/dev/null',
    UV_NO_CONFIG: '1',
  }
}

/** A zip archive without compression, as small as the format allows (APPNOTE.TXT 4.3: local headers, directory, end). */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text)
    const path_ = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2) // names are UTF-8
    common.writeUInt16LE(0x21, 8) // 1 January 1980
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(path_.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path_, data])
    const entry = Buffer.alloc(14)
    // Programs of a package, which can be run as they come.
    const mode = name.includes('.data/scripts/') ? 0o100755 : 0o100644
    entry.writeUInt32LE((mode << 16) >>> 0, 6)
    entry.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, entry, path_]))
    locals.push(local)
    offset += local.length
  }
  const all = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(all.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, all, end])
}
