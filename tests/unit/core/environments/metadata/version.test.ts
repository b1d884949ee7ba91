import { expect, it } from 'vitest'
import { allows } from '../../../../../core/environments/metadata/specifier.ts'
import { comparePackageVersions, parsePackageVersion } from '../../../../../core/environments/metadata/version.ts'

function compare(a: string, b: string): number {
  return Math.sign(comparePackageVersions(parsePackageVersion(a)!, parsePackageVersion(b)!))
}

it('puts versions in the order of the specification', () => {
  // From PEP 440, "Summary of permitted suffixes and relative ordering", with local versions and epochs beside them.
  const order = [
    '0.9',
    '1.dev456',
    '1.0a1',
    '1.0a2.dev456',
    '1.0a12.dev456',
    '1.0a12',
    '1.0b1.dev456',
    '1.0b2',
    '1.0b2.post345.dev456',
    '1.0b2.post345',
    '1.0rc1.dev456',
    '1.0rc1',
    '1.0',
    '1.0+abc.5',
    '1.0+abc.7',
    '1.0+5',
    '1.0.post456.dev34',
    '1.0.post456',
    '1.0.15',
    '1.1.dev1',
    '1.10',
    '1!0.5',
  ]
  for (const [at, one] of order.entries()) {
    for (const [other, two] of order.entries()) expect(compare(one, two), `${one} ${two}`).toBe(Math.sign(at - other))
  }
})

it.each([
  ['1.0', '1.0.0'],
  ['v1.0-RC.1', '1.0rc1'],
  ['1.0-1', '1.0.post1'],
  ['1.0_alpha', '1.0a0'],
  ['1.0-r4', '1.0.post4'],
  ['1.0+Ubuntu-1', '1.0+ubuntu.1'],
])('%s is %s', (a, b) => {
  expect(compare(a, b)).toBe(0)
})

it.each(['', 'latest', '1.x', '1..2', '2004-01-01-final', '1.0+'])('%j is no version', (text) => {
  expect(parsePackageVersion(text)).toBeUndefined()
})

it.each([
  ['', '1.0', true],
  ['>=1,<2', '1.26.4', true],
  ['>=1,<2', '2.0', false],
  ['<2', '2.0rc1', false],
  ['<2.0rc2', '2.0rc1', true],
  ['<2', '1.9.post1', true],
  ['>1.0', '1.0.post1', false],
  ['>1.0', '1.0+cpu', false],
  ['>1.0.post1', '1.0.post2', true],
  ['>1.0', '1.0.1', true],
  ['==1.0', '1.0.0', true],
  ['==1.0', '1.0+cpu', true],
  ['==1.0+cpu', '1.0+cpu', true],
  ['==1.0+cpu', '1.0', false],
  ['==1.*', '1.26', true],
  ['==1.26.*', '1.2', false],
  ['!=1.2.*', '1.2.3', false],
  ['!=1.2', '1.2.3', true],
  ['~=2.2', '2.9', true],
  ['~=2.2', '3.0', false],
  ['~=2.2.1', '2.3', false],
  ['~=2.2.1', '2.2.9', true],
  ['~=2.2', '2.1', false],
  ['===1.0-odd', '1.0-ODD', true],
  ['>=1.0', 'unknown', true],
  ['>= 1.0 , != 1.5', '1.5', false],
])('%s allows %s: %s', (specifier, version, expected) => {
  expect(allows(specifier, version)).toBe(expected)
})
