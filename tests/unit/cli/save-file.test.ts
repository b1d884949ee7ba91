import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { saveFile } from '../../../cli/save-file.ts'
import type { Io } from '../../../cli/io.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { keptStream } from './fake-io.ts'

function at(cwd: string): Io {
  return { stdin: process.stdin, stdout: keptStream(), stderr: keptStream(), env: {}, cwd }
}

const modeOf = (file: string) => statSync(file).mode & 0o777

it('replaces a file whole, and leaves nothing beside it', async () => {
  const folder = tempFolder()
  writeFileSync(path.join(folder, 'a é.txt'), 'a text that was longer', { mode: 0o640 })
  expect(await saveFile(at(folder), 'a é.txt', 'new')).toBe(path.join(folder, 'a é.txt'))
  expect(readFileSync(path.join(folder, 'a é.txt'), 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['a é.txt'])
  if (process.platform !== 'win32') expect(modeOf(path.join(folder, 'a é.txt'))).toBe(0o640)
})

it.skipIf(process.platform === 'win32')('keeps for the owner alone what others could read before', async () => {
  const folder = tempFolder()
  const [file, link, target] = ['a.zip', 'link.zip', 'target.zip'].map((name) => path.join(folder, name))
  for (const one of [file!, target!]) writeFileSync(one, 'old', { mode: 0o644 })
  symlinkSync(target!, link!)
  for (const one of [file!, link!]) await saveFile(at(folder), one, 'new', { isPrivate: true })
  expect([file, target].map((one) => [readFileSync(one!, 'utf8'), modeOf(one!)])).toEqual([
    ['new', 0o600],
    ['new', 0o600],
  ])
  expect(readlinkSync(link!)).toBe(target)
})

it.skipIf(process.platform === 'win32')('writes through a device', async () => {
  expect(await saveFile(at('/'), '/dev/null', 'new', { isPrivate: true })).toBe('/dev/null')
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
})

it('goes under a name of its own into a folder, and says what cannot be written', async () => {
  const folder = tempFolder()
  mkdirSync(path.join(folder, 'inner'))
  expect(await saveFile(at(folder), 'inner', 'x', { nameInFolder: 'n.txt' })).toBe(path.join(folder, 'inner', 'n.txt'))
  await expect(saveFile(at(folder), 'inner', 'x')).rejects.toMatchObject({ code: 'PATH_UNUSABLE' })
  await expect(saveFile(at(folder), path.join('nowhere', 'x'), 'x')).rejects.toThrow('Could not write')
})
