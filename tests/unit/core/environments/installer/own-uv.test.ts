import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { InstallerReport } from '../../../../../contract/index.ts'
import { installerFinding } from '../../../../../core/doctor/installer-finding.ts'
import { fetchFailed } from '../../../../../core/environments/installer/fetch-uv.ts'
import { pipFetch } from '../../../../../core/environments/installer/pip.ts'
import { ownUvFile, ownUvs, writeOwnManifest } from '../../../../../core/environments/uv/own.ts'
import { layoutOf } from '../../../../../core/platform/index.ts'
import { tempFolder } from '../../../../tools/temp-folder.ts'

it('has pip unpack one ready-made wheel into a folder, and nothing else', () => {
  const pip = { interpreter: '/py', version: '24.2', places: ['--find-links', '/w'] }
  expect(pipFetch(pip, '/data root/staging/uv~1', 'uv>=0.4.23')).toEqual(
    [
      '/py -I -X utf8 -m pip install --progress-bar raw --no-warn-script-location --no-compile --no-deps'.split(' '),
      ['--only-binary', ':all:', '--target', '/data root/staging/uv~1', '--find-links', '/w', '--', 'uv>=0.4.23'],
    ].flat(),
  )
})

it('lies where pip puts programs, on all three systems', () => {
  expect(ownUvFile('/r/tools/uv/1.0', 'linux')).toBe('/r/tools/uv/1.0/bin/uv')
  expect(ownUvFile('/r/tools/uv/1.0', 'darwin')).toBe('/r/tools/uv/1.0/bin/uv')
  expect(ownUvFile('D:\\é\\tools\\uv\\1.0', 'win32')).toBe('D:\\é\\tools\\uv\\1.0\\bin\\uv.exe')
})

it('counts with its own manifest only, the newest first', async () => {
  const layout = layoutOf(tempFolder())
  expect(await ownUvs(layout, 'linux')).toEqual([])
  const root = (name: string) => path.join(layout.tools, 'uv', name)
  for (const name of ['0.9.2', '0.10.0', '0.11.0', '0.12.0', '0.13.0']) mkdirSync(root(name), { recursive: true })
  const facts = { bytes: 1, gotAt: '2026-01-01T00:00:00.000Z' }
  for (const name of ['0.9.2', '0.10.0']) await writeOwnManifest(root(name), { toolVersion: name, ...facts })
  await writeOwnManifest(root('0.11.0'), { toolVersion: '0.10.0', ...facts })
  writeFileSync(path.join(root('0.12.0'), '.beep-tool.json'), '{')
  const found = await ownUvs(layout, 'linux')
  expect(found.map(({ version }) => version)).toEqual(['0.10.0', '0.9.2'])
  expect(found[0]).toEqual({
    root: root('0.10.0'),
    executable: path.posix.join(root('0.10.0'), 'bin', 'uv'),
    version: '0.10.0',
    ...facts,
  })
})

it('says what to do where nobody has it, and what pip said otherwise', () => {
  const evidence = (...lastLines: string[]) => ({ argv: ['pip'], exitCode: 1, signal: null, lastLines })
  const nothing = evidence('ERROR: No matching distribution found for uv>=0.4.23')
  expect(fetchFailed(nothing, false).hint).toMatch(/config set packageIndex ADDRESS.*bundle create FILE uv/u)
  expect(fetchFailed(nothing, true).hint).toMatch(/say offline.*bundle create FILE uv.*config set offline false/u)
  const full = fetchFailed(evidence('OSError: [Errno 28] No space left on device'), false)
  expect(full).toMatchObject({ code: 'PACKAGES_FAILED', details: { cause: 'disk-full' } })
  expect(full.hint).toContain('The disk is full')
})

it('is no fault of an installation that has none, unless the settings ask for it', () => {
  const pip = { tool: 'pip', version: '24.2', path: '/py', python: '3.13.0' } as const
  const report: InstallerReport = { setting: 'auto', inEffect: pip, own: null, unusable: [], oldestUv: '0.4.23' }
  const old = [{ path: '/a/uv', origin: 'path', version: '0.4.1' }] as const
  expect(installerFinding({ ...report, unusable: [...old] })).toEqual({
    outcome: 'ok',
    detail: 'pip 24.2 of Python 3.13.0; /a/uv is 0.4.1, older than 0.4.23',
    hint: 'uv does the same faster: `beep-host installer get`, or Settings.',
  })
  expect(installerFinding({ ...report, setting: 'pip' })).toEqual({
    outcome: 'ok',
    detail: 'pip 24.2 of Python 3.13.0',
  })
  expect(installerFinding({ ...report, inEffect: null })).toMatchObject({ outcome: 'ok' })
  const uv = { tool: 'uv', version: '0.9.2', path: '/r/uv', origin: 'own' } as const
  expect(installerFinding({ ...report, inEffect: uv })).toEqual({ outcome: 'ok', detail: 'uv 0.9.2, /r/uv' })
  const none = installerFinding({ ...report, setting: 'uv', inEffect: null })
  expect(none.outcome).toBe('problem')
  expect(none.hint).toContain('beep-host installer get')
})
