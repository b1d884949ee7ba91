import { expect, it } from 'vitest'
import { holds, markerEnvironment } from '../../../../../core/environments/metadata/marker.ts'
import { parseRequirement } from '../../../../../core/environments/metadata/requirement.ts'

it.each([
  ['numpy', { key: 'numpy', specifier: '', extras: [], marker: undefined, isDirect: false }],
  ['Foo_Bar.baz >= 2 , < 3', { key: 'foo-bar-baz', name: 'Foo_Bar.baz', specifier: '>=2,<3' }],
  ['a[ Socks, b_c ]~=1.0', { key: 'a', extras: ['b-c', 'socks'], specifier: '~=1.0' }],
  ['importlib-metadata (>=3.6) ; python_version < "3.10"', { specifier: '>=3.6', marker: 'python_version < "3.10"' }],
  ['a;extra=="x"', { key: 'a', specifier: '', marker: 'extra=="x"' }],
  ['a @ https://host/a.whl ; python_version > "3"', { key: 'a', isDirect: true, specifier: '' }],
])('%s', (text, expected) => {
  expect(parseRequirement(text)).toMatchObject(expected)
})

it.each(['', '-r file', 'numpy 2', 'https://host/x.whl', './a'])('%j is none', (text) => {
  expect(parseRequirement(text)).toBeUndefined()
})

const linux = markerEnvironment('3.11.7', 'cpython', { platform: 'linux', arch: 'x64' })

it.each([
  ['python_version >= "3.8"', true],
  ['python_version < "3.9"', false],
  ['python_version >= "3.9" and python_version < "3.12"', true],
  ['python_full_version < "3.11.8"', true],
  ["sys_platform == 'win32' or (os_name == 'posix' and platform_machine != 'aarch64')", true],
  ['platform_system in "Linux Darwin"', true],
  ['platform_system not in "Linux Darwin"', false],
  ['platform_python_implementation == "PyPy"', false],
  ['python_version ~= "3.8"', true],
  ['python_version == "3.*"', true],
  ['"3.8" <= python_version', true],
  ['extra == "socks"', false],
  ['sys_platform == "linux" and extra == "socks"', false],
  // What nobody understands is on the safe side.
  ['python_version >>> "3"', true],
  ['something_new == "x"', true],
  ['python_version < "3.9" nonsense', true],
])('%s on Linux: %s', (marker, expected) => {
  expect(holds(marker, linux)).toBe(expected)
})

it('an extra holds where it is asked for', () => {
  expect(holds('extra == "socks"', linux, ['tests', 'socks'])).toBe(true)
  expect(holds('extra == "socks" and python_version < "3"', linux, ['socks'])).toBe(false)
})

it('knows the words of each platform', () => {
  expect(markerEnvironment('3.12.1', 'cpython', { platform: 'win32', arch: 'x64' })).toMatchObject({
    os_name: 'nt',
    sys_platform: 'win32',
    platform_system: 'Windows',
    platform_machine: 'AMD64',
    python_version: '3.12',
  })
  expect(markerEnvironment('3.10.16', 'pypy', { platform: 'darwin', arch: 'arm64' })).toMatchObject({
    sys_platform: 'darwin',
    platform_system: 'Darwin',
    platform_machine: 'arm64',
    platform_python_implementation: 'PyPy',
    implementation_name: 'pypy',
  })
  expect(linux['platform_machine']).toBe('x86_64')
})
