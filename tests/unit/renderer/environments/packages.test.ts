import { describe, expect, it } from 'vitest'
import { isOlder, sortedChanges } from '../../../../renderer/features/environments/change-kinds.ts'
import { nameIn, packageRows, rowsFitting } from '../../../../renderer/features/environments/package-rows.ts'

describe('the packages of an environment', () => {
  const packages = [
    { name: 'zipp', version: '3.1' },
    { name: 'Typing_Extensions', version: '4.0' },
    { name: 'numpy', version: '2.3.0' },
  ]
  const rows = packageRows(packages, ['Numpy>=2', 'typing.extensions [x] ; python_version > "3"'], {
    outdated: [
      { name: 'typing-extensions', version: '4.0', latest: '4.1' },
      { name: 'numpy', version: '2.2.0', latest: '2.3.0' },
    ],
    checked: [
      { name: 'typing_extensions', version: '4.0' },
      { name: 'numpy', version: '2.2.0' },
      { name: 'zipp', version: '3.0' },
    ],
  })

  it('are by name, with what was asked for by name marked, however it is spelled', () => {
    expect(rows.map(({ name, isAsked }) => [name, isAsked])).toEqual([
      ['numpy', true],
      ['Typing_Extensions', true],
      ['zipp', false],
    ])
  })

  it('an answer about updates is worth nothing once the version is another one', () => {
    expect(rows.map(({ latest }) => latest)).toEqual([undefined, '4.1', undefined])
    // numpy has become what was the newest; about this zipp nobody has asked.
    expect(rows.map(({ isNewest }) => isNewest)).toEqual([true, false, false])
  })

  it('are found however the name is spelled, and can be only those with updates', () => {
    expect(rowsFitting(rows, 'typing-ext', false).map(({ name }) => name)).toEqual(['Typing_Extensions'])
    expect(rowsFitting(rows, '', true).map(({ name }) => name)).toEqual(['Typing_Extensions'])
    expect(rowsFitting(rows, 'zi', true)).toEqual([])
  })

  it('the name is what a requirement begins with', () => {
    expect(['numpy', 'Zope.Interface >= 5', 'requests[socks]==2; x'].map(nameIn)).toEqual([
      'numpy',
      'zope-interface',
      'requests',
    ])
  })
})

describe('what a change would do', () => {
  it('is told apart: what comes, what changes, what goes, what breaks', () => {
    const sorted = sortedChanges([
      { name: 'b', from: null, to: '1' },
      { name: 'a', from: null, to: '1' },
      { name: 'c', from: '1.9', to: '1.10' },
      { name: 'd', from: '2', to: null, neededBy: ['x'] },
      { name: 'e', from: '2', to: null, neededBy: [] },
      { name: 'f', from: '2', to: '2' },
    ])
    const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)
    expect(names(sorted.added)).toEqual(['a', 'b'])
    expect(names(sorted.updated)).toEqual(['c'])
    expect(names(sorted.removed)).toEqual(['d', 'e'])
    expect(names(sorted.breaking)).toEqual(['d'])
  })

  it('a version that goes down is known as such', () => {
    expect(isOlder({ name: 'c', from: '1.10', to: '1.9' })).toBe(true)
    expect(isOlder({ name: 'c', from: '1.9', to: '1.10' })).toBe(false)
    expect(isOlder({ name: 'c', from: null, to: '1.10' })).toBe(false)
  })
})
