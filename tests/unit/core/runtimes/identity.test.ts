import { expect, it } from 'vitest'
import { triples } from '../../../../core/platform/index.ts'
import { architectureOf, isManagedId, isSameSystemId, managedId, systemId } from '../../../../core/runtimes/identity.ts'

it('names a managed runtime for each of the eight builds', () => {
  expect(triples.map((triple) => managedId('3.12.14', triple))).toEqual([
    'cpython-3.12.14-linux-x86_64-gnu',
    'cpython-3.12.14-linux-aarch64-gnu',
    'cpython-3.12.14-linux-x86_64-musl',
    'cpython-3.12.14-linux-aarch64-musl',
    'cpython-3.12.14-macos-aarch64-none',
    'cpython-3.12.14-macos-x86_64-none',
    'cpython-3.12.14-windows-x86_64-none',
    'cpython-3.12.14-windows-aarch64-none',
  ])
})

it('takes no path for an id', () => {
  expect(isManagedId('cpython-3.12.14-linux-x86_64-gnu')).toBe(true)
  for (const id of ['..', 'cpython-../../etc', 'cpython-3.12/x', 'cpython-3\\x', 'system-3.12-00000000', ''])
    expect(isManagedId(id), id).toBe(false)
})

it('finds a system Python again whose version has changed, and no other', () => {
  const before = systemId('3.11.2', '/usr/bin/python3.11')
  expect(before).toMatch(/^system-3\.11\.2-[\da-f]{8}$/u)
  expect(isSameSystemId(before, systemId('3.11.9', '/usr/bin/python3.11'))).toBe(true)
  expect(isSameSystemId(before, systemId('3.11.2', '/opt/python/bin/python3.11'))).toBe(false)
  expect(isSameSystemId('cpython-3.12.14-linux', 'cpython-3.12.14-linux')).toBe(false)
  expect(systemId(undefined, '/x')).toMatch(/^system-unknown-/u)
})

it.each([
  ['x86_64', 64, 'x86_64'],
  ['AMD64', 64, 'x86_64'],
  ['arm64', 64, 'aarch64'],
  ['x86_64', 32, 'x86'],
  ['aarch64', 32, 'arm'],
  ['riscv64', 64, 'riscv64'],
])('%s with %i bits is %s', (machine, bits, architecture) => {
  expect(architectureOf({ machine, bits })).toBe(architecture)
})
