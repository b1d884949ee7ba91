import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { addressContext, layoutOf, localAddress } from '../../../../core/platform/index.ts'
import type { AddressContext } from '../../../../core/platform/index.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const linux: AddressContext = { platform: 'linux', uid: 1000, runtimeDir: '/run/user/1000', tmp: '/tmp' }
const bytes = (text: string) => Buffer.byteLength(text)
const longHome = `/home/someone/${'é'.repeat(60)}/data`

describe('a local address', () => {
  it('lies in the data root where it fits', () => {
    expect(localAddress(layoutOf('/home/é x/.beep-python'), 'control', linux)).toEqual({
      address: '/home/é x/.beep-python/run/control.sock',
      folder: '/home/é x/.beep-python/run',
    })
  })

  it('lies in a short folder of the user where it does not', () => {
    const { address, folder } = localAddress(layoutOf(longHome), 'control', linux)
    expect(folder).toBe('/run/user/1000/beep-python')
    expect(address).toMatch(/^\/run\/user\/1000\/beep-python\/[\da-f]{16}\.sock$/u)
  })

  it.each<[string, AddressContext, string]>([
    ['no runtime folder', { ...linux, runtimeDir: undefined }, '/tmp/beep-python-1000'],
    ['a long runtime folder', { ...linux, runtimeDir: `/run/${'x'.repeat(70)}` }, '/tmp/beep-python-1000'],
    [
      'a long temporary folder',
      { ...linux, runtimeDir: undefined, tmp: `/${'t'.repeat(90)}` },
      '/tmp/beep-python-1000',
    ],
    ['macOS', { platform: 'darwin', uid: 501, runtimeDir: undefined, tmp: '/tmp' }, '/tmp/beep-python-501'],
  ])('still fits with %s', (_, context, expected) => {
    const { address, folder } = localAddress(layoutOf(longHome), 'control', context)
    expect(folder).toBe(expected)
    expect(bytes(address)).toBeLessThanOrEqual(96)
  })

  it('counts bytes, not characters', () => {
    const home = `/${'日'.repeat(27)}`
    expect(`${home}/run/control.sock`.length).toBeLessThan(50)
    expect(localAddress(layoutOf(home), 'control', linux).folder).toBe('/run/user/1000/beep-python')
  })

  it('is a pipe on Windows, with no folder, whatever the home is called', () => {
    const { address, folder } = localAddress(layoutOf(longHome), 'демо 日本', { ...linux, platform: 'win32', uid: -1 })
    expect(address).toMatch(/^\\\\\.\\pipe\\beep-python-[\da-f]{16}$/u)
    expect(folder).toBeUndefined()
  })

  it.each(['linux', 'darwin', 'win32'] as const)('is different for each name and each home, on %s', (platform) => {
    const at = (home: string, name: string) => localAddress(layoutOf(home), name, { ...linux, platform }).address
    const all = ['a', 'b'].flatMap((name) => ['/one', '/two', longHome, `${longHome}2`].map((home) => at(home, name)))
    expect(new Set(all).size).toBe(all.length)
    expect(at(longHome, 'a')).toBe(at(longHome, 'a'))
  })
})

describe.skipIf(process.platform === 'win32')('the runtime folder', () => {
  it('is used when it is a folder of ours', () => {
    const folder = tempFolder()
    expect(addressContext({ XDG_RUNTIME_DIR: folder }).runtimeDir).toBe(folder)
  })

  it('is ignored when it is not', () => {
    const folder = tempFolder()
    const file = path.join(folder, 'file')
    writeFileSync(file, '')
    mkdirSync(path.join(folder, 'sub'))
    for (const given of ['', 'relative/path', file, path.join(folder, 'missing'), path.join(file, 'below')]) {
      expect(addressContext({ XDG_RUNTIME_DIR: given }).runtimeDir, given).toBeUndefined()
    }
    expect(addressContext({}).runtimeDir).toBeUndefined()
  })

  it.runIf(process.getuid?.() === 0)("is ignored when it is another user's", async () => {
    const { chownSync } = await import('node:fs')
    const folder = tempFolder()
    chownSync(folder, 12_345, 12_345)
    expect(addressContext({ XDG_RUNTIME_DIR: folder }).runtimeDir).toBeUndefined()
  })
})
