import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasErrno, stageFile, temporaryOwner, writeFileAtomic, writeJson } from '../../../../core/storage/index.ts'
import { secondProgram } from '../../../tools/second-program.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

describe('writing a file', () => {
  it('replaces it whole, for its owner only, and leaves nothing else', async () => {
    const folder = tempFolder()
    const file = path.join(folder, 'séttings é.json')
    await writeJson(file, { a: 1 })
    await writeJson(file, { b: 'é' })
    expect(readFileSync(file, 'utf8')).toBe('{\n  "b": "é"\n}\n')
    expect(readdirSync(folder)).toEqual(['séttings é.json'])
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('many times at once ends with one of them', async () => {
    const folder = tempFolder()
    const file = path.join(folder, 'file')
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000))
    await Promise.all(texts.map((text) => writeFileAtomic(file, text)))
    expect(texts).toContain(readFileSync(file, 'utf8'))
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('in two parts changes nothing before the second, and nothing at all where that does not come', async () => {
    const folder = tempFolder()
    const file = path.join(folder, 'file')
    writeFileSync(file, 'old')
    const [wanted, unwanted] = await Promise.all([stageFile(file, 'new'), stageFile(file, 'never')])
    expect(readFileSync(file, 'utf8')).toBe('old')
    await wanted.put()
    await unwanted.drop()
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('survives a kill at any moment: the old text or the new one, never a part', async () => {
    const folder = tempFolder()
    const file = path.join(folder, 'data.json')
    const writers: (number | undefined)[] = []
    for (let round = 0; round < 12; round += 1) {
      const writer = await secondProgram('write', file)
      await writer.said('writing')
      await writer.kill()
      writers.push(writer.pid)
      const found = JSON.parse(readFileSync(file, 'utf8')) as { round: number; filler: string; end: number }
      expect(found.end).toBe(found.round)
      expect(found.filler).toHaveLength((found.round % 7) * 20_000)
      const left = readdirSync(folder).filter((name) => name !== 'data.json')
      for (const name of left) expect(writers).toContain(temporaryOwner(name))
    }
  }, 60_000)

  it('into a folder that is not there says so', async () => {
    const file = path.join(tempFolder(), 'missing', 'file')
    await expect(writeFileAtomic(file, 'x')).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: `Could not write ${file}: ENOENT`,
      details: { path: file, errno: 'ENOENT' },
    })
  })

  it('below a file says so, with a hint', async () => {
    const folder = tempFolder()
    writeFileSync(path.join(folder, 'file'), '')
    await expect(writeFileAtomic(path.join(folder, 'file', 'x'), 'x')).rejects.toMatchObject({
      code: 'PATH_UNUSABLE',
      hint: expect.any(String),
    })
  })

  it('over a folder fails and leaves nothing', async () => {
    const folder = tempFolder()
    mkdirSync(path.join(folder, 'there', 'inside'), { recursive: true })
    await expect(writeFileAtomic(path.join(folder, 'there'), 'x')).rejects.toMatchObject({
      message: expect.stringContaining('Could not write'),
    })
    expect(readdirSync(folder)).toEqual(['there'])
  })

  it.runIf(process.platform === 'linux')('to a full disk is DISK_FULL', async () => {
    const folder = tempFolder()
    // Every write to this device finds no space left.
    symlinkSync('/dev/full', path.join(folder, 'full'))
    const { open } = await import('node:fs/promises')
    const handle = await open(path.join(folder, 'full'), 'w')
    const error: unknown = await handle.writeFile('x').catch((thrown: unknown) => thrown)
    await handle.close()
    const { fileFailure } = await import('../../../../core/storage/index.ts')
    expect(hasErrno(error, 'ENOSPC')).toBe(true)
    expect(fileFailure(error, 'Could not write x', 'x')).toMatchObject({ code: 'DISK_FULL', hint: expect.any(String) })
  })
})

describe('a temporary file', () => {
  it.each([
    ['.settings.json.123.00ff00ff.tmp', 123],
    ['.a.b.c.9.12345678.tmp', 9],
    ['settings.json', undefined],
    ['.settings.json.tmp', undefined],
    ['.x.abc.12345678.tmp', undefined],
  ])('%s belongs to %s', (name, pid) => {
    expect(temporaryOwner(name)).toBe(pid)
  })
})
