import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { icnsOf } from '../../tools/icons/icns.ts'
import { icoOf } from '../../tools/icons/ico.ts'
import { resources, sizes, stamp, stampFile, trayStates, trayTones } from '../../tools/icons/plan.ts'

const read = (file: string) => readFileSync(path.join(resources, file))

/** Width and height from the head of a PNG. */
function sizeOf(png: Buffer): number {
  expect(png.subarray(1, 4).toString('ascii')).toBe('PNG')
  expect(png.readUInt32BE(16)).toBe(png.readUInt32BE(20))
  return png.readUInt32BE(16)
}

function sizesInIco(ico: Buffer): number[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index
    const offset = ico.readUInt32LE(at + 12)
    const size = sizeOf(ico.subarray(offset, offset + ico.readUInt32LE(at + 8)))
    expect(ico.readUInt8(at)).toBe(size % 256)
    return size
  })
}

describe('the pictures', () => {
  it('are those of the sources: after a change of one, run `npm run icons`', () => {
    expect(readFileSync(stampFile, 'utf8').trim()).toBe(stamp())
  })

  it('of the app are there in every size, for every system', () => {
    for (const size of sizes.app) expect(sizeOf(read(`icons/${size}x${size}.png`))).toBe(size)
    expect(sizesInIco(read('icons/icon.ico'))).toEqual([...sizes.appWindows])
    const icns = read('icons/icon.icns')
    expect(icns.subarray(0, 4).toString('ascii')).toBe('icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
  })

  it('of the tray are there for each state, on light and on dark', () => {
    for (const state of trayStates) {
      for (const tone of Object.keys(trayTones)) {
        expect(sizeOf(read(`tray/${state}-${tone}.png`))).toBe(sizes.trayLinux)
        expect(sizeOf(read(`tray/${state}-${tone}@2x.png`))).toBe(2 * sizes.trayLinux)
        expect(sizesInIco(read(`tray/${state}-${tone}.ico`))).toEqual([...sizes.trayWindows])
      }
      expect(sizeOf(read(`tray/${state}Template.png`))).toBe(sizes.trayMac)
      expect(existsSync(path.join(resources, `tray/${state}Template@2x.png`))).toBe(true)
    }
  })
})

describe('an icon file', () => {
  const png = (size: number) => ({ size, png: Buffer.alloc(10 + (size % 7), size % 256) })

  it('of Windows says where each picture lies', () => {
    const pictures = [16, 48, 256].map(png)
    const ico = icoOf(pictures)
    for (const [index, picture] of pictures.entries()) {
      const at = 6 + 16 * index
      const offset = ico.readUInt32LE(at + 12)
      expect(ico.subarray(offset, offset + ico.readUInt32LE(at + 8))).toEqual(picture.png)
    }
    expect(ico.readUInt8(6 + 32)).toBe(0)
  })

  it('of macOS has all kinds, and refuses to leave one out', () => {
    const icns = icnsOf([...sizes.appMac].map(png))
    const kinds: string[] = []
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) kinds.push(icns.toString('ascii', at, at + 4))
    expect(kinds).toHaveLength(10)
    expect(kinds).toContain('ic10')
    expect(() => icnsOf([png(16)])).toThrow('32 pixels')
  })
})
