import { expect, it } from 'vitest'
import { systemQuestion } from '../../../../core/network/proxy/ask-system.ts'
import { parseGnomeProxy } from '../../../../core/network/proxy/gnome.ts'
import { parseMacProxy } from '../../../../core/network/proxy/macos.ts'
import { parseWindowsProxy } from '../../../../core/network/proxy/windows.ts'

const nothing = { https: undefined, http: undefined, noProxy: [], script: undefined, hasSocks: false }

/** As `reg query` prints the key, carriage returns and all. */
const registry = (...rows: string[]) =>
  [
    '',
    'HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings',
    '    User Agent    REG_SZ    Mozilla/4.0 (compatible; MSIE 8.0; Win32)',
    '    CertificateRevocation    REG_DWORD    0x1',
    ...rows.map((row) => `    ${row}`),
    '',
    'HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Zones',
    '',
  ].join('\r\n')

it('reads the internet settings of Windows', () => {
  expect(
    parseWindowsProxy(
      registry(
        'ProxyEnable    REG_DWORD    0x1',
        'ProxyServer    REG_SZ    proxy.corp.example:8080',
        'ProxyOverride    REG_SZ    *.corp.example;10.*;<local>',
      ),
    ),
  ).toEqual({
    ...nothing,
    https: 'http://proxy.corp.example:8080',
    http: 'http://proxy.corp.example:8080',
    noProxy: ['*.corp.example', '10.*', '<local>'],
  })
  expect(
    parseWindowsProxy(
      registry(
        'ProxyEnable    REG_DWORD    0x1',
        'ProxyServer    REG_SZ    http=a.example:80;https=b.example:3128;socks=c.example:1080',
      ),
    ),
  ).toEqual({ ...nothing, https: 'http://b.example:3128', http: 'http://a.example:80', hasSocks: true })
  expect(
    parseWindowsProxy(
      registry(
        'ProxyEnable    REG_DWORD    0x0',
        'ProxyServer    REG_SZ    proxy.corp.example:8080',
        'AutoConfigURL    REG_SZ    http://wpad.corp.example/proxy.pac',
      ),
    ),
  ).toEqual({ ...nothing, script: 'http://wpad.corp.example/proxy.pac' })
  expect(parseWindowsProxy('ERROR: The system was unable to find the specified registry key or value.\r\n')).toEqual(
    nothing,
  )
})

it('reads what scutil of macOS prints', () => {
  expect(
    parseMacProxy(`<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
  }
  ExcludeSimpleHostnames : 1
  FTPPassive : 1
  HTTPEnable : 1
  HTTPPort : 8080
  HTTPProxy : proxy.corp.example
  HTTPSEnable : 1
  HTTPSPort : 8443
  HTTPSProxy : fd00::7
}
`),
  ).toEqual({
    ...nothing,
    http: 'http://proxy.corp.example:8080',
    https: 'http://[fd00::7]:8443',
    noProxy: ['*.local', '169.254/16', '<local>'],
  })
  expect(
    parseMacProxy(
      '<dictionary> {\n  HTTPEnable : 0\n  HTTPProxy : old.example\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://wpad/p.pac\n  SOCKSEnable : 1\n}\n',
    ),
  ).toEqual({ ...nothing, script: 'http://wpad/p.pac', hasSocks: true })
  expect(parseMacProxy('<dictionary> {\n}\n')).toEqual(nothing)
})

/** As `gsettings list-recursively` prints the schema and those below it. */
const gnome = (mode: string, host: string) => `org.gnome.system.proxy autoconfig-url 'http://wpad/p.pac'
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1', '*.corp.example']
org.gnome.system.proxy mode '${mode}'
org.gnome.system.proxy use-same-proxy true
org.gnome.system.proxy.ftp host ''
org.gnome.system.proxy.ftp port 0
org.gnome.system.proxy.http authentication-password 'p@ss'
org.gnome.system.proxy.http authentication-user 'zoë'
org.gnome.system.proxy.http enabled false
org.gnome.system.proxy.http host '${host}'
org.gnome.system.proxy.http port 8080
org.gnome.system.proxy.http use-authentication true
org.gnome.system.proxy.https host ''
org.gnome.system.proxy.https port 0
org.gnome.system.proxy.socks host ''
org.gnome.system.proxy.socks port 0
`

it('reads what gsettings of GNOME prints', () => {
  const address = 'http://zo%C3%AB:p%40ss@proxy.corp.example:8080'
  expect(parseGnomeProxy(gnome('manual', 'proxy.corp.example'))).toEqual({
    ...nothing,
    http: address,
    https: address,
    noProxy: ['localhost', '127.0.0.0/8', '::1', '*.corp.example'],
  })
  expect(parseGnomeProxy(gnome('none', 'proxy.corp.example'))).toEqual(nothing)
  expect(parseGnomeProxy(gnome('auto', ''))).toEqual({ ...nothing, script: 'http://wpad/p.pac' })
  expect(parseGnomeProxy('')).toEqual(nothing)
})

it('knows whom to ask on each system', () => {
  const windows = systemQuestion('win32', { SystemRoot: 'C:\\Windows' })
  expect(windows?.argv.slice(0, 2)).toEqual(['C:\\Windows\\System32\\reg.exe', 'query'])
  expect(systemQuestion('darwin', {})?.argv).toEqual(['/usr/sbin/scutil', '--proxy'])
  const session = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1/bus', XDG_CURRENT_DESKTOP: 'GNOME' }
  expect(systemQuestion('linux', session)?.argv[0]).toBe('gsettings')
  expect(systemQuestion('linux', {})).toBeUndefined()
})
