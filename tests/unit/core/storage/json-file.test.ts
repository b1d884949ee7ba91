import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readJson } from '../../../../core/storage/index.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const schema = z.object({ version: z.literal(1), name: z.string(), size: z.number().default(3) })

function fileWith(text: string | Uint8Array): { folder: string; file: string } {
  const folder = tempFolder()
  const file = path.join(folder, 'thing é.json')
  writeFileSync(file, text)
  return { folder, file }
}

describe('reading a file', () => {
  it('gives what is in it, defaults filled in', async () => {
    const { file } = fileWith('{"version":1,"name":"é"}')
    expect(await readJson(file, schema)).toEqual({ state: 'ok', value: { version: 1, name: 'é', size: 3 } })
  })

  it('does not mind the mark with which some editors begin a file', async () => {
    const { file } = fileWith('\uFEFF{"version":1,"name":"x"}')
    expect(await readJson(file, schema)).toMatchObject({ state: 'ok' })
  })

  it('tells when there is none', async () => {
    expect(await readJson(path.join(tempFolder(), 'x.json'), schema)).toEqual({ state: 'absent' })
  })

  it('is an error where the system does not give it out', async () => {
    const folder = tempFolder()
    mkdirSync(path.join(folder, 'x.json'))
    await expect(readJson(path.join(folder, 'x.json'), schema)).rejects.toMatchObject({
      message: expect.stringContaining('EISDIR'),
      details: { errno: 'EISDIR' },
    })
  })

  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /is not JSON/u],
    ['cut off', '{"version":1,"na', /is not JSON/u],
    ['no text at all', Uint8Array.of(0, 1, 2, 255), /is not JSON/u],
    ['of another shape', '{"version":1,"name":5}', /expected shape: name: /u],
    ['no object', '[1]', /expected shape: the whole: /u],
    ['null', 'null', /expected shape/u],
  ])('that is %s tells why, and touches nothing unless told to', async (_, text, why) => {
    const { folder, file } = fileWith(text)
    const before = readFileSync(file)
    expect(await readJson(file, schema)).toMatchObject({
      state: 'unreadable',
      setAside: undefined,
      problem: { code: 'FILE_UNREADABLE', message: expect.stringMatching(why), details: { path: file } },
    })
    expect(readdirSync(folder)).toEqual(['thing é.json'])

    const found = await readJson(file, schema, { setAside: true })
    if (found.state !== 'unreadable' || found.setAside === undefined) throw new Error('not set aside')
    expect(readdirSync(folder)).toEqual([path.basename(found.setAside)])
    expect(readFileSync(found.setAside)).toEqual(before)
    expect(found.problem.hint).toContain(found.setAside)
    expect(found.problem.details).toMatchObject({ setAside: found.setAside })
    expect(await readJson(file, schema, { setAside: true })).toEqual({ state: 'absent' })
  })

  it('of a newer version says that, and is set aside whole', async () => {
    const { file } = fileWith('{"version":2,"title":"é"}')
    expect(await readJson(file, schema)).toMatchObject({
      state: 'unreadable',
      problem: {
        message: `${file} has version 2, which this program does not know`,
        hint: expect.stringContaining('newer'),
        details: { path: file, version: 2 },
      },
    })
    const found = await readJson(file, schema, { setAside: true })
    if (found.state !== 'unreadable' || found.setAside === undefined) throw new Error('not set aside')
    expect(readFileSync(found.setAside, 'utf8')).toBe('{"version":2,"title":"é"}')
  })

  it('set aside twice keeps both', async () => {
    const { folder, file } = fileWith('one')
    await readJson(file, schema, { setAside: true })
    writeFileSync(file, 'two')
    await readJson(file, schema, { setAside: true })
    const texts = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'))
    expect(texts.sort()).toEqual(['one', 'two'])
  })

  it('set aside by two at once harms neither', async () => {
    const { folder, file } = fileWith('broken')
    const found = await Promise.all([1, 2, 3].map(() => readJson(file, schema, { setAside: true })))
    expect(found.filter((one) => one.state === 'unreadable' && one.setAside !== undefined)).toHaveLength(1)
    expect(readdirSync(folder)).toHaveLength(1)
  })
})
