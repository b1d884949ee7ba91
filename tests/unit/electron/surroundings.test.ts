import { describe, expect, it } from 'vitest'
import { autostartEntry, autostartFile, isEntryOn } from '../../../electron/login/autostart-entry.ts'
import { loginCommand } from '../../../electron/login/login-command.ts'
import { hostEnvironment } from '../../../electron/policy/host-environment.ts'
import { isSafeRedirect, nodeErrorCode } from '../../../electron/policy/net-errors.ts'
import { trayIcon } from '../../../electron/view/tray-icon.ts'
import { pickOptions } from '../../../electron/policy/pick-options.ts'

describe('the environment of the host', () => {
  it('is that of the user, without what an AppImage put in front', () => {
    expect(
      hostEnvironment({
        APPDIR: '/tmp/.mount_x',
        PATH: '/tmp/.mount_x:/tmp/.mount_x/usr/sbin:/usr/bin:/bin',
        LD_LIBRARY_PATH: '/tmp/.mount_x/usr/lib:',
        XDG_DATA_DIRS: './share/:/tmp/.mount_x/usr/share:/usr/share',
        HOME: '/home/me',
      }),
    ).toEqual({
      APPDIR: '/tmp/.mount_x',
      PATH: '/usr/bin:/bin',
      XDG_DATA_DIRS: './share/:/usr/share',
      HOME: '/home/me',
    })
  })

  it('does not say that anybody is Electron', () => {
    const env = { ELECTRON_RUN_AS_NODE: '1', ELECTRON_ENABLE_LOGGING: '1', CHROME_DESKTOP: 'x', NODE_OPTIONS: '-r x' }
    expect(hostEnvironment({ ...env, LD_LIBRARY_PATH: '/opt/cuda/lib' })).toEqual({ LD_LIBRARY_PATH: '/opt/cuda/lib' })
  })
})

describe('what starts at login', () => {
  const facts = {
    env: {},
    execPath: '/opt/beep/beep',
    isPackaged: true,
    appPath: '/opt/beep/app.asar',
    home: undefined,
  }

  it('is the program itself, hidden', () => {
    expect(loginCommand(facts)).toEqual({ path: '/opt/beep/beep', args: ['--hidden'] })
    expect(loginCommand({ ...facts, env: { APPIMAGE: '/home/me/Beep.AppImage' } }).path).toBe('/home/me/Beep.AppImage')
    expect(loginCommand({ ...facts, isPackaged: false, home: '/data' }).args).toEqual([
      '/opt/beep/app.asar',
      '--hidden',
      '--home',
      '/data',
    ])
  })

  it('is an entry in the folder for that, on Linux', () => {
    expect(autostartFile({}, '/home/me')).toBe('/home/me/.config/autostart/beep-python-host.desktop')
    expect(autostartFile({ XDG_CONFIG_HOME: '/cfg' }, '/home/me')).toBe('/cfg/autostart/beep-python-host.desktop')
    expect(autostartFile({ XDG_CONFIG_HOME: 'relative' }, '/home/me')).toContain('/home/me/.config/')
    const entry = autostartEntry('Beep', ['/opt/My "App"/100%/$x', '--hidden'])
    expect(entry).toContain(String.raw`Exec="/opt/My \\"App\\"/100%%/\\$x" "--hidden"`)
    expect(isEntryOn(entry)).toBe(true)
  })

  it('is off when the desktop has switched the entry off', () => {
    expect(isEntryOn('[Desktop Entry]\nHidden=true\n')).toBe(false)
    expect(isEntryOn('[Desktop Entry]\nX-GNOME-Autostart-enabled = false\n')).toBe(false)
    expect(isEntryOn('[Desktop Entry]\nX-GNOME-Autostart-enabled=true\n')).toBe(true)
  })
})

describe('the network of Electron', () => {
  it.each([
    ['net::ERR_NAME_NOT_RESOLVED', 'ENOTFOUND'],
    ['net::ERR_CONNECTION_REFUSED', 'ECONNREFUSED'],
    ['net::ERR_INTERNET_DISCONNECTED', 'ENETUNREACH'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'ETIMEDOUT'],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'ERR_PROXY_CONNECTION_FAILED'],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', 'ERR_PROXY_CONNECTION_FAILED'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['net::ERR_CERT_DATE_INVALID', 'CERT_HAS_EXPIRED'],
    ['net::ERR_CERT_COMMON_NAME_INVALID', 'HOSTNAME_MISMATCH'],
    ['net::ERR_CERT_WEAK_KEY', 'CERT_INVALID'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'ERR_SSL_PROTOCOL'],
    ['net::ERR_CONNECTION_RESET', 'ECONNRESET'],
    ['net::ERR_FAILED', 'ERR_FAILED'],
    ['something else', 'EIO'],
  ])('%s is %s', (message, code) => {
    expect(nodeErrorCode(message)).toBe(code)
  })

  it('follows no redirect out of TLS', () => {
    expect(isSafeRedirect('https://mirror.example/x')).toBe(true)
    expect(isSafeRedirect('http://127.0.0.1:8080/x')).toBe(true)
    expect(isSafeRedirect('http://mirror.example/x')).toBe(false)
    expect(isSafeRedirect('file:///etc/passwd')).toBe(false)
    expect(isSafeRedirect('nonsense')).toBe(false)
  })
})

describe('the icon in the tray', () => {
  it.each([
    ['darwin', false, undefined, 'runningTemplate.png'],
    ['darwin', true, undefined, 'runningTemplate.png'],
    ['win32', false, undefined, 'running-on-light.ico'],
    ['win32', true, undefined, 'running-on-dark.ico'],
    ['linux', false, 'KDE', 'running-on-light.png'],
    ['linux', true, 'KDE', 'running-on-dark.png'],
    ['linux', false, 'ubuntu:GNOME', 'running-on-dark.png'],
    ['linux', false, undefined, 'running-on-light.png'],
  ] as const)('on %s, dark %s, desktop %s, is %s', (platform, isSystemDark, desktop, file) => {
    expect(trayIcon('running', { platform, isSystemDark, desktop })).toBe(file)
  })
})

it('the picker is told what to pick', () => {
  expect(pickOptions('folder', 'Choose', [])).toMatchObject({
    title: 'Choose',
    properties: expect.arrayContaining(['openDirectory']) as string[],
  })
  expect(pickOptions('file', 'Archive', ['tar.gz', 'zip']).filters).toEqual([
    { name: 'Archive', extensions: ['gz', 'zip'] },
  ])
})
