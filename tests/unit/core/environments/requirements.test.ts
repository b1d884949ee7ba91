import { expect, it } from 'vitest'
import { fingerprint } from '../../../../core/environments/admin.ts'
import {
  checkedRequirements,
  mergedRequirements,
  normalizedName,
  requirementName,
} from '../../../../core/environments/requirements.ts'

it('takes spellings of one package for one', () => {
  expect(normalizedName('Foo__Bar.-baz')).toBe('foo-bar-baz')
  expect(requirementName(' Zope.Interface[test] >= 5 ; python_version > "3"')).toBe('zope-interface')
})

it('keeps the latest word on each package', () => {
  expect(mergedRequirements(['numpy', 'Foo_Bar>=1'], ['foo-bar==2', 'six', 'six'])).toEqual([
    'numpy',
    'foo-bar==2',
    'six',
  ])
})

it('lets names and versions through, and nothing that an installer would take for something else', () => {
  const fine = ['numpy', 'pandas >= 2.2', 'uvicorn[standard]', 'tomli; python_version < "3.11"', 'x.zipper']
  expect(checkedRequirements(fine)).toEqual(fine)
  for (const text of [
    '-e .',
    '--pre',
    'x @ https://y',
    'git+ssh://x',
    '../x',
    'x.whl',
    'x-1.tar.gz',
    'X.ZIP',
    'a\n--pre',
    '',
  ]) {
    expect(() => checkedRequirements([text]), text).toThrow('is not a package requirement')
  }
})

it('tells by one value whether the admin environment is as it must be', () => {
  const one = fingerprint(['a'], 'r', '3.12.1')
  expect(fingerprint(['a'], 'r', '3.12.4')).toBe(one)
  expect(
    new Set([
      one,
      fingerprint(['a'], 'r', '3.13.0'),
      fingerprint(['b'], 'r', '3.12.1'),
      fingerprint(['a'], 's', '3.12.1'),
    ]).size,
  ).toBe(4)
})
