import { expect, it } from 'vitest'
import { moveFailure } from '../../../../core/environments/discard.ts'
import { configValue, minorVersionIn } from '../../../../core/environments/inspect.ts'

it('reads pyvenv.cfg as Python and uv write it', () => {
  const text = 'home = /usr/bin é\r\ninclude-system-site-packages = false\nversion_info = 3.12.1\nHOME2 = x'
  expect(configValue(text, 'home')).toBe('/usr/bin é')
  expect(configValue(text, 'version_info')).toBe('3.12.1')
  expect(configValue(text, 'version')).toBeUndefined()
})

it('sees the version in an interpreter’s name, where there is one', () => {
  expect(minorVersionIn('/usr/bin/python3.12')).toBe('3.12')
  expect(minorVersionIn('/opt/python3.13t')).toBe('3.13')
  expect(minorVersionIn('/opt/pypy3.10')).toBe('3.10')
  expect(minorVersionIn('C:\\Python\\python.exe')).toBeUndefined()
  expect(minorVersionIn('/usr/bin/python3')).toBeUndefined()
})

it('tells, where Windows refuses to move a folder, that a program is using it', () => {
  const held = Object.assign(new Error('rename'), { code: 'EBUSY' })
  expect(moveFailure(held, 'C:\\e\\a', 'win32')).toMatchObject({ code: 'IN_USE', details: { errno: 'EBUSY' } })
  expect(moveFailure(held, '/e/a', 'linux').code).toBe('PERMISSION_DENIED')
})
