import { expect, it } from 'vitest'
import { compareVersions, isSupported, matchesRequest, parseVersion } from '../../../../core/runtimes/version.ts'

it('reads releases and pre-releases', () => {
  expect(parseVersion('3.12.14')).toEqual({ major: 3, minor: 12, patch: 14, pre: undefined })
  expect(parseVersion('3.15.0rc1')).toEqual({ major: 3, minor: 15, patch: 0, pre: 'rc1' })
  expect(parseVersion('3.14.0a1+')).toEqual({ major: 3, minor: 14, patch: 0, pre: 'a1' })
  for (const text of ['', '3', 'three', '3.12.x', '3.12.1.2']) expect(parseVersion(text), text).toBeUndefined()
})

it('orders by number, and a pre-release before its release', () => {
  const sorted = [
    'unknown',
    '2.7.18',
    '3.9.13',
    '3.12.3',
    '3.12.14',
    '3.15.0a2',
    '3.15.0b1',
    '3.15.0rc2',
    '3.15.0rc10',
    '3.15.0',
  ]
  expect(sorted.toReversed().toSorted(compareVersions)).toEqual(sorted)
})

it.each([
  ['3.12.14', '3', true],
  ['3.12.14', '3.12', true],
  ['3.12.14', '3.12.14', true],
  ['3.12.14', '3.1', false],
  ['3.12.14', '3.12.1', false],
  ['3.12.14', '2', false],
  ['3.15.0rc1', '3.15', false],
  ['3.15.0rc1', '3.15.0', false],
  ['3.15.0rc1', '3.15.0rc1', true],
  ['nonsense', '3', false],
])('%s for the request %s: %s', (version, request, answer) => {
  expect(matchesRequest(version, request)).toBe(answer)
})

it('supports 3.9 and what came later', () => {
  expect(['3.9.0', '3.10.1', '3.14.0', '4.0.0'].map(isSupported)).toEqual([true, true, true, true])
  expect(['3.8.20', '2.7.18', 'unknown'].map(isSupported)).toEqual([false, false, false])
})
