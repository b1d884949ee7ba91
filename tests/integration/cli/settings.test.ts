import { describe, expect, test } from 'vitest'
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
})
