import { expect, test } from 'vitest'
import { installerFields } from '../../../cli/tables/installer.ts'
import type { InstallerReport } from '../../../contract/index.ts'

const none: InstallerReport = {
  setting: 'auto',
  inEffect: { tool: 'pip', version: '24.2', path: '/usr/bin/python3', python: '3.13.0' },
  own: null,
  unusable: [],
  oldestUv: '0.4.23',
}

test('tells which pip serves, which uv will not do, and the way to one that will', () => {
  const unusable = [{ path: '/opt/uv', origin: 'path' as const, version: '0.4.1' }]
  expect(installerFields({ ...none, unusable })).toBe(
    [
      'installer   pip 24.2 of Python 3.13.0',
      'where       /usr/bin/python3',
      'setting     auto',
      'not usable  /opt/uv is 0.4.1; 0.4.23 is the oldest that will do',
      'hint        `beep-host installer get` gets uv, which does the same faster',
    ].join('\n'),
  )
  expect(installerFields({ ...none, setting: 'pip' })).not.toContain('hint')
})

test('tells where uv comes from, and of one that was got and is not used', () => {
  const inEffect = { tool: 'uv' as const, version: '0.10.0', path: '/usr/bin/uv', origin: 'path' as const }
  const own = { version: '0.9.2', path: '/r/tools/uv/0.9.2/bin/uv', bytes: 60_000_000, gotAt: 'then' }
  expect(installerFields({ ...none, inEffect, own })).toBe(
    [
      'installer  uv 0.10.0',
      'where      /usr/bin/uv',
      'found      on PATH',
      'setting    auto',
      'got        uv 0.9.2, 60.0 MB, then',
      '           It is not used. /r/tools/uv/0.9.2/bin/uv',
    ].join('\n'),
  )
})
