import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from '../../unit/cli/fake-io.ts'
import { snapshotOf, terminal } from './terminal.ts'

describe('settings', () => {
  test('are changed and shown', async () => {
    const user = terminal()
    expect(snapshotOf(user, await user.beep('config', 'set', 'installer', 'pip'))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      installer is pip now
      ----- stderr -----
      "
    `)
    expect(snapshotOf(user, await user.beep('config'))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Settings
      defaultRuntime  -
      extraRuntimes  -
      pythonMirror  -
      installer  pip
      gpuBackend  auto
      offline  false
      proxy  system
      proxyUrl  -
      noProxy  -
      extraCa  -
      packageIndex  -
      serverLogBytes  20971520
      snapshotsKept  10
      snapshotBytes  5000000000
      theme  system
      closeBehaviour  hide
      startAtLogin  false

      Places
      home  [HOME]
      settings  [HOME]/settings.json
      credentials  [HOME]/credentials.json
      instance  [HOME]/instance.json
      profiles  [HOME]/profiles.json
      runtimes  [HOME]/runtimes
      environments  [HOME]/environments
      trash  [HOME]/environments/.trash
      servers  [HOME]/servers
      endpoints  [HOME]/endpoints
      logs  [HOME]/logs
      cache  [HOME]/cache
      wheels  [HOME]/wheels
      tools  [HOME]/tools
      engine  [HOME]/engine
      staging  [HOME]/staging
      locks  [HOME]/locks
      run  [HOME]/run
      desktop  [HOME]/desktop
      ----- stderr -----
      "
    `)
    expect(snapshotOf(user, await user.beep('config', 'set', 'installer', 'conda'))).toMatchInlineSnapshot(`
      "exit code: 2
      ----- stdout -----

      ----- stderr -----
      error: installer cannot be "conda": Invalid option: expected one of "auto"|"uv"|"pip""
    `)
    expect(await user.json('config', 'get', 'installer')).toBe('pip')
  })

  test('of another data root are another matter', async () => {
    const user = terminal()
    const other = `${user.home} 2`
    await user.json('config', 'set', 'installer', 'uv', '--home', other)
    expect(await user.json('--home', other, 'config', 'get', 'installer')).toBe('uv')
    expect(await user.json('config', 'get', 'installer')).toBe('auto')
  })

  test('go out into a file, are set back, and come in again, without passwords', async () => {
    const user = terminal()
    const beep = (...words: string[]) => run(words, user.env)
    await user.json('config', 'set', 'proxyUrl', 'http://zoe:s3cr3t-word@127.0.0.1:9')
    await user.json('config', 'set', 'noProxy', '.intern.example', '10.0.0.0/8')
    const file = path.join(user.folder, 'mes réglages.json')
    expect((await beep('config', 'export', '-o', file)).stdout).toBe(`Wrote the settings to ${file}\n`)
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain('s3cr3t')
    expect(JSON.parse(text)).toMatchObject({ version: 1, settings: { proxyUrl: 'http://127.0.0.1:9' } })

    expect(await beep('config', 'reset')).toMatchObject({ code: 2, stderr: expect.stringContaining('--all') })
    expect((await beep('config', 'reset', 'theme')).stdout).toBe('That is as it was at first already\n')
    const reset = await beep('config', 'reset', '--all')
    expect(reset.stdout).toMatch(/^noProxy +\.intern\.example, 10\.0\.0\.0\/8 +-$/mu)
    expect(await user.json('config', 'get', 'proxyUrl')).toBeNull()

    const looked = await beep('config', 'import', '--preview', file)
    expect(looked.stdout).toMatch(/^proxyUrl +- +http:\/\/127\.0\.0\.1:9$/mu)
    expect(looked.stderr).toContain('Nothing was changed.')
    expect(await user.json('config', 'get', 'proxyUrl')).toBeNull()

    const bad = JSON.stringify({ version: 1, settings: { theme: 'dark', extraCa: [path.join(user.folder, 'no.pem')] } })
    writeFileSync(`${file}.bad`, bad)
    const refused = await beep('config', 'import', `${file}.bad`)
    expect([refused.code, refused.stderr]).toEqual([expect.any(Number), expect.stringContaining('no.pem')])
    expect(refused.code).not.toBe(0)
    expect(await user.json('config', 'get', 'theme')).toBe('system')

    writeFileSync(file, text.replace('"settings": {', '"settings": { "future": 1,'))
    const taken = await beep('config', 'import', file)
    expect(taken.stderr).toContain('Left out, since this version does not know them: future')
    expect(await user.json('config', 'get', 'noProxy')).toEqual(['.intern.example', '10.0.0.0/8'])
    expect(await user.json('config', 'import', file)).toMatchObject({ changes: [], unknown: ['future'] })
  })
})
