import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { productFolder, shipped, shippedPath, shippedScript } from '../../../core/shipped.ts'

describe('the product folder', () => {
  it.each([
    ['/src/beep/core', '/src/beep', path.posix],
    ['/src/beep/dist/electron', '/src/beep', path.posix],
    ['/src/electron/core', '/src/electron', path.posix],
    ['/opt/Beep/resources/app.asar/dist/electron', '/opt/Beep/resources/app.asar', path.posix],
    ['C:\\Beep\\resources\\app.asar\\dist\\electron', 'C:\\Beep\\resources\\app.asar', path.win32],
    ['C:\\code\\beep\\core', 'C:\\code\\beep', path.win32],
  ])('of code in %s is %s', (code, product, rules) => {
    expect(productFolder(code, rules)).toBe(product)
  })
})

describe('what ships with the code', () => {
  it('lies in the folder of the product', () => {
    expect(shippedPath('/src/beep', 'python/probe/x.py', path.posix)).toBe('/src/beep/python/probe/x.py')
    expect(shippedPath('/src/beep', 'dist/renderer', path.posix)).toBe('/src/beep/dist/renderer')
  })

  it('lies beside the archive where Python or another program reads it', () => {
    const at = (relative: string) => shippedPath('/opt/Beep/resources/app.asar', relative, path.posix)
    expect(at('python/probe/x.py')).toBe('/opt/Beep/resources/python/probe/x.py')
    expect(at('resources/python-catalog.json')).toBe('/opt/Beep/resources/resources/python-catalog.json')
    expect(at('dist/renderer')).toBe('/opt/Beep/resources/app.asar/dist/renderer')
    expect(at('dist/electron/extract-worker.mjs')).toBe(
      '/opt/Beep/resources/app.asar.unpacked/dist/electron/extract-worker.mjs',
    )
  })

  it('is there', () => {
    for (const file of ['python/probe/interpreter_info.py', 'resources/python-catalog.json', 'package.json'])
      expect(existsSync(shipped(file)), file).toBe(true)
    expect(shippedScript('core/runtimes/archive/extract-worker.ts')).toBe(
      path.resolve(import.meta.dirname, '../../../core/runtimes/archive/extract-worker.ts'),
    )
  })
})
