import { chmodSync, chownSync, lchownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { diskFull, folderSize, freeBytes, privateFolder, requireFreeBytes } from '../../../../core/storage/index.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const isUnix = process.platform !== 'win32'
const isRoot = process.getuid?.() === 0
const modeOf = (folder: string) => statSync(folder).mode & 0o777

describe.runIf(isUnix)('a private folder', () => {
  it('is made with all above it, for its owner only', async () => {
    const folder = path.join(tempFolder(), 'a é', 'b')
    await privateFolder(folder)
    await privateFolder(folder)
    expect(modeOf(folder)).toBe(0o700)
    expect(modeOf(path.dirname(folder))).toBe(0o700)
  })

  it('is closed to others where it was open', async () => {
    const folder = tempFolder()
    chmodSync(folder, 0o777)
    await privateFolder(folder)
    expect(modeOf(folder)).toBe(0o700)
  })

  it('may be a link of ours to another disk, which is closed too', async () => {
    const folder = tempFolder()
    mkdirSync(path.join(folder, 'disk'), { mode: 0o755 })
    symlinkSync(path.join(folder, 'disk'), path.join(folder, 'link'))
    await privateFolder(path.join(folder, 'link'))
    expect(modeOf(path.join(folder, 'disk'))).toBe(0o700)
  })

  it('cannot be a file, nor lie below one, nor be a link to nowhere', async () => {
    const folder = tempFolder()
    writeFileSync(path.join(folder, 'file'), '')
    symlinkSync(path.join(folder, 'missing'), path.join(folder, 'link'))
    for (const place of ['file', 'file/below']) {
      await expect(privateFolder(path.join(folder, place))).rejects.toMatchObject({ code: 'PATH_UNUSABLE' })
    }
    await expect(privateFolder(path.join(folder, 'link'))).rejects.toMatchObject({
      message: expect.stringContaining('Could not make the folder'),
    })
  })

  it.runIf(isRoot)("is refused when it is another user's", async () => {
    const folder = path.join(tempFolder(), 'foreign')
    mkdirSync(folder)
    chownSync(folder, 12_345, 12_345)
    await expect(privateFolder(folder)).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      message: `The folder ${folder} belongs to another user`,
      details: { path: folder, uid: 12_345 },
    })
  })

  it.runIf(isRoot)("is refused when it is another user's link, even to a folder of ours", async () => {
    const folder = tempFolder()
    const link = path.join(folder, 'link')
    mkdirSync(path.join(folder, 'ours'))
    symlinkSync(path.join(folder, 'ours'), link)
    lchownSync(link, 12_345, 12_345)
    await expect(privateFolder(link)).rejects.toMatchObject({ code: 'PERMISSION_DENIED', details: { uid: 12_345 } })
  })

  it.runIf(isRoot)("is refused when it is a link to another user's folder", async () => {
    const folder = tempFolder()
    const foreign = path.join(folder, 'foreign')
    mkdirSync(foreign)
    chownSync(foreign, 12_345, 12_345)
    symlinkSync(foreign, path.join(folder, 'link'))
    await expect(privateFolder(path.join(folder, 'link'))).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      details: { uid: 12_345 },
    })
  })
})

describe('free space', () => {
  it('is told for a folder, and for one that is still to be made', async () => {
    const folder = tempFolder()
    expect(await freeBytes(folder)).toBeGreaterThan(0)
    expect(await freeBytes(path.join(folder, 'not', 'yet'))).toBeGreaterThan(0)
  })

  it('is enough, or an error with both figures', async () => {
    const folder = tempFolder()
    await requireFreeBytes(folder, 1, 'A file')
    await expect(requireFreeBytes(folder, Number.MAX_SAFE_INTEGER, 'A file')).rejects.toMatchObject({
      code: 'DISK_FULL',
      details: { neededBytes: Number.MAX_SAFE_INTEGER, freeBytes: expect.any(Number), path: folder },
    })
    expect(diskFull('Python 3.12', '/x', 120_000_000, 4_500_000).message).toBe(
      'Python 3.12 needs 120.0 MB, and 4.5 MB is free where /x lies',
    )
  })
})

describe('the size of a folder', () => {
  it('counts files at any depth, and no link twice', async () => {
    const folder = tempFolder()
    mkdirSync(path.join(folder, 'a', 'b'), { recursive: true })
    writeFileSync(path.join(folder, 'a', 'one'), 'x'.repeat(1000))
    writeFileSync(path.join(folder, 'a', 'b', 'two'), 'x'.repeat(234))
    const before = await folderSize(folder)
    expect(before).toBe(1234)
    symlinkSync(folder, path.join(folder, 'a', 'loop'))
    expect(await folderSize(folder)).toBeLessThan(before + 1000)
  })

  it('is nothing where there is no folder', async () => {
    expect(await folderSize(path.join(tempFolder(), 'missing'))).toBe(0)
  })
})
