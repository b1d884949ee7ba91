import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Where Electron's fuses are in its program. Source: @electron/fuses, `SENTINEL`. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** In this order. Source: @electron/fuses, `FuseV1Options`. */
const fuseNames = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
  'browserSnapshot',
  'fileProtocolExtraPrivileges',
]

/** An Electron for Linux in which there is no Electron: this Node with fuses, enough for packing, and for what runs as Node. */
export function fakeElectron(folder: string): string {
  mkdirSync(path.join(folder, 'resources'), { recursive: true })
  mkdirSync(path.join(folder, 'locales'))
  const program = path.join(folder, 'electron')
  copyFileSync(process.execPath, program)
  const fuses = Buffer.from([1, fuseNames.length, ...fuseNames.map(() => '0'.charCodeAt(0))])
  appendFileSync(program, Buffer.concat([Buffer.from(fuseMark), fuses]))
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(path.join(folder, file), 'fake\n')
  return folder
}

/** The fuses of a packed program that are on. */
export function fusesOn(program: string): string[] {
  const content = readFileSync(program)
  const at = content.lastIndexOf(fuseMark) + fuseMark.length + 2
  return fuseNames.filter((_, index) => content[at + index] === '1'.charCodeAt(0))
}
