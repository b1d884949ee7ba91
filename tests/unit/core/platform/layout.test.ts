import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nameProblem } from '../../../../contract/index.ts'
import {
  dataRoot,
  environmentExecutable,
  layoutOf,
  standaloneExecutable,
  withoutLongPathPrefix,
} from '../../../../core/platform/index.ts'

describe('the data root', () => {
  it.each([
    [{ BEEP_HOME: '/var/lib/bé ep' }, undefined, '/var/lib/bé ep'],
    [{ BEEP_HOME: '/var/lib/beep' }, '/elsewhere', '/elsewhere'],
    [{ BEEP_HOME: '/var/lib/beep/' }, undefined, '/var/lib/beep'],
    [{ BEEP_HOME: '/a' }, '', '/a'],
    [{ BEEP_HOME: 'relative' }, undefined, path.resolve('relative')],
  ])('of %j and %j is %s', (env, explicit, expected) => {
    expect(dataRoot(env, explicit)).toBe(path.resolve(expected))
  })

  it.each([{}, { BEEP_HOME: '' }])('of %j lies in the home folder', (env) => {
    expect(path.basename(dataRoot(env))).toBe('.beep-python')
    expect(path.isAbsolute(dataRoot(env))).toBe(true)
  })

  it.each([
    ['\\\\?\\C:\\Users\\é', 'C:\\Users\\é'],
    ['\\\\?\\UNC\\server\\share', '\\\\server\\share'],
    [
      '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\x',
      '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\x',
    ],
    ['C:\\x', 'C:\\x'],
    ['/home/x', '/home/x'],
  ])('%s is written %s', (given, expected) => {
    expect(withoutLongPathPrefix(given)).toBe(expected)
  })
})

describe('the layout', () => {
  it('has every place once, and all of them inside', () => {
    const { home, trash, ...places } = layoutOf(path.resolve('/data root'))
    const all = Object.values(places)
    expect(new Set(all).size).toBe(all.length)
    for (const place of all) expect(path.dirname(place)).toBe(home)
    // A rename away from what is thrown into it, even where `environments` is a link to another disk.
    expect(path.dirname(trash)).toBe(places.environments)
    expect(nameProblem(path.basename(trash))).toContain('starts with')
  })
})

describe('interpreters', () => {
  it('lie where each platform puts them', () => {
    expect(environmentExecutable('C:\\b p\\demo', 'win32')).toBe('C:\\b p\\demo\\Scripts\\python.exe')
    expect(environmentExecutable('/b p/demo', 'darwin')).toBe('/b p/demo/bin/python')
    expect(environmentExecutable('/b p/demo', 'linux')).toBe('/b p/demo/bin/python')
    expect(standaloneExecutable('C:\\p', 'win32')).toBe('C:\\p\\python.exe')
    expect(standaloneExecutable('/p', 'darwin')).toBe('/p/bin/python3')
  })
})
