import { expect, it } from 'vitest'
import { shownPackages, tellingLine, withoutSecrets } from '../../../../../core/environments/installer/index.ts'
import { pipInstall, pipOutdated, pipUninstall } from '../../../../../core/environments/installer/pip.ts'
import { atLeast } from '../../../../../core/environments/installer/versions.ts'

const pip = { interpreter: '/usr/bin/python3', version: '24.1', python: '/e/a b/bin/python' }
const order = {
  requirements: ['--', 'six', 'idna>=3'],
  upgrades: [],
  constraintFile: undefined,
  reportFile: undefined,
  isDryRun: false,
  isFresh: false,
}

it('runs the base pip on the environment, isolated, its bar as plain lines where it can', () => {
  expect(pipInstall(pip, order).join(' ')).toBe(
    '/usr/bin/python3 -I -X utf8 -m pip --python /e/a b/bin/python install --progress-bar raw --no-warn-script-location -- six idna>=3',
  )
  expect(pipInstall(pip, order)).toContain('/e/a b/bin/python')
  expect(pipInstall({ ...pip, version: '23.2.1' }, order).join(' ')).toContain('--progress-bar off')
  expect(pipInstall({ interpreter: '/e/bin/python', version: '20.2' }, order)).not.toContain('--python')
})

it('upgrades what is named, and what that needs only where it must', () => {
  const upgrade = { ...order, upgrades: ['six', 'idna'], constraintFile: '/s/c.txt' }
  expect(pipInstall(pip, upgrade).join(' ')).toContain(
    ' --upgrade --upgrade-strategy only-if-needed --constraint /s/c.txt -- six idna>=3',
  )
})

it('previews, removes and looks around without a question', () => {
  expect(pipInstall(pip, { ...order, isDryRun: true, reportFile: '/s/report.json' }).join(' ')).toContain(
    ' --dry-run --report /s/report.json -- six',
  )
  expect(pipInstall(pip, { ...order, isFresh: true })).toContain('--no-cache-dir')
  expect(pipUninstall(pip, ['six']).slice(-4)).toEqual(['uninstall', '--yes', '--', 'six'])
  expect(pipOutdated(pip, '/s/log').slice(-6)).toEqual(['--log', '/s/log', 'list', '--outdated', '--format', 'json'])
})

it('compares versions by their numbers', () => {
  expect(atLeast('22.3', 22, 3)).toBe(true)
  expect(atLeast('22.10', 22, 3)).toBe(true)
  expect(atLeast('22.2.9', 22, 3)).toBe(false)
  expect(atLeast('24', 24, 1)).toBe(false)
  expect(atLeast('0.4.22', 0, 4, 23)).toBe(false)
  expect(atLeast('1.0.0rc1', 0, 4, 23)).toBe(true)
  expect(atLeast('weird', 0, 1)).toBe(false)
})

it('picks the line that tells', () => {
  expect(tellingLine(['Collecting x', 'ERROR: first', 'ERROR: No match', 'note: more', ''])).toBe('No match')
  expect(tellingLine(['error: Failed to fetch', '  cause: client error', '  cause: refused', ''])).toBe(
    'Failed to fetch: refused',
  )
  expect(tellingLine(['Segmentation fault', ' '])).toBe('Segmentation fault')
  expect(tellingLine([])).toBeUndefined()
})

it('hides passwords in addresses', () => {
  expect(withoutSecrets('Looking in indexes: https://me:s3cret@host/simple, http://token@other')).toBe(
    'Looking in indexes: https://****@host/simple, http://****@other',
  )
  expect(withoutSecrets('https://host/a@b')).toBe('https://host/a@b')
})

it('shows packages in few words', () => {
  expect(shownPackages(['pandas>=2.2'])).toBe('pandas>=2.2')
  expect(shownPackages(['fastapi>=0.1,<1', 'uvloop; sys_platform != "win32"'])).toBe('fastapi, uvloop')
})
