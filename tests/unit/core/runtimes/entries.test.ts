import { describe, expect, it } from 'vitest'
import { isPathTooLong, planEntry, UnsafeEntry } from '../../../../core/runtimes/archive/entries.ts'

const entry = (path: string, type = 'File', linkpath?: string, mode = 0o644) => ({ path, type, linkpath, mode })

describe('what it takes', () => {
  it('puts everything under the top folder where that was', () => {
    expect(planEntry(entry('python/', 'Directory'), 'linux')).toEqual({ kind: 'nothing' })
    expect(planEntry(entry('./python/lib/', 'Directory'), 'linux')).toEqual({ kind: 'folder', path: 'lib' })
    expect(planEntry(entry('python/lib/a b é.py'), 'linux')).toEqual({
      kind: 'file',
      path: 'lib/a b é.py',
      mode: 0o644,
    })
  })

  it('keeps who may run a file, and nothing else of the mode', () => {
    expect(planEntry(entry('python/x', 'File', undefined, 0o4711), 'linux')).toMatchObject({ mode: 0o755 })
    expect(planEntry(entry('python/x', 'OldFile', undefined, 0o600), 'linux')).toMatchObject({ mode: 0o644 })
  })

  it.each([
    ['python/bin/python', 'python3', 'python3'],
    ['python/lib/a/b/link', '../../../bin/x', '../../../bin/x'],
    ['python/lib/link', './x//y', 'x/y'],
  ])('makes the link %s to %s', (path, target, made) => {
    expect(planEntry(entry(path, 'SymbolicLink', target), 'linux')).toEqual({
      kind: 'symlink',
      path: path.slice(7),
      target: made,
    })
  })

  it('gives a file a second name', () => {
    expect(planEntry(entry('python/b', 'Link', 'python/a'), 'linux')).toEqual({ kind: 'copy', path: 'b', from: 'a' })
  })
})

describe('what it refuses', () => {
  it.each([
    ['/etc/passwd', 'File', undefined],
    ['../x', 'File', undefined],
    ['python/../../x', 'File', undefined],
    ['python/a/../b', 'File', undefined],
    ['pythonic/x', 'File', undefined],
    ['x', 'File', undefined],
    ['', 'File', undefined],
    ['python', 'File', undefined],
    ['python/x\\..\\y', 'File', undefined],
    ['python/x\0y', 'File', undefined],
    ['python/x', 'CharacterDevice', undefined],
    ['python/x', 'BlockDevice', undefined],
    ['python/x', 'FIFO', undefined],
    ['python/x', 'SymbolicLink', '/etc'],
    ['python/x', 'SymbolicLink', '..'],
    ['python/x', 'SymbolicLink', '../x'],
    ['python/a/x', 'SymbolicLink', '../../x'],
    ['python/a/x', 'SymbolicLink', 'b/../../..'],
    ['python/x', 'SymbolicLink', 'C:\\Windows'],
    ['python/x', 'SymbolicLink', ''],
    ['python/x', 'Link', '../../etc/passwd'],
    ['python/x', 'Link', '/etc/passwd'],
    ['python/x', 'Link', 'other/y'],
    ['python/x', 'Link', undefined],
  ])('%j of the kind %s to %s', (path, type, target) => {
    expect(() => planEntry(entry(path, type, target), 'linux')).toThrow(UnsafeEntry)
  })

  it('on Windows also a drive and a hidden stream', () => {
    for (const path of ['python/C:x', 'python/x:stream']) {
      expect(() => planEntry(entry(path), 'win32'), path).toThrow(UnsafeEntry)
      expect(planEntry(entry(path), 'linux'), path).toMatchObject({ kind: 'file' })
    }
  })
})

it('finds a path too long on Windows only', () => {
  expect(isPathTooLong('C:\\Beep', 252, 'win32')).toBe(true)
  expect(isPathTooLong('C:\\Beep', 251, 'win32')).toBe(false)
  expect(isPathTooLong('/very/long', 1000, 'linux')).toBe(false)
})
