import { describe, expect, it } from 'vitest'
import { pageFile, pageHeaders } from '../../../electron/policy/page-files.ts'
import { isPage, linkVerdict, navigationVerdict } from '../../../electron/policy/navigation.ts'
import { isPermitted } from '../../../electron/policy/permissions.ts'
import { originOf, senderProblem } from '../../../electron/policy/sender.ts'
import { themeSource } from '../../../electron/policy/theme.ts'
import { windowOptions } from '../../../electron/policy/window-options.ts'

describe('files of the page', () => {
  it.each([
    ['app://beep/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['app://beep/index.html?x=1#/servers/demo', 'index.html', 'text/html; charset=utf-8'],
    ['app://beep/assets/index-Ab_1.js', 'assets/index-Ab_1.js', 'text/javascript; charset=utf-8'],
    ['app://beep/assets/a%20b.css', 'assets/a b.css', 'text/css; charset=utf-8'],
    ['app://beep/icon.svg', 'icon.svg', 'image/svg+xml'],
  ])('%s is served', (address, file, type) => {
    expect(pageFile('GET', address)).toEqual({ file, type })
  })

  it.each([
    ['GET', 'app://other/index.html', 403],
    ['GET', 'https://beep/index.html', 403],
    ['GET', 'app://beep/', 404],
    ['GET', 'app://beep/.env', 404],
    ['GET', 'app://beep/index.html.map', 404],
    ['GET', 'app://beep/a/%2e%2e%2f%2e%2e%2fetc/x.html', 400],
    ['GET', 'app://beep/..%2fx.html', 400],
    ['GET', 'app://beep/..%5cx.html', 400],
    ['GET', 'app://beep/C:%2fx.html', 400],
    ['GET', 'app://beep/x%00.html', 400],
    ['GET', 'app://beep/%ff.html', 400],
    ['GET', 'nonsense', 400],
    ['POST', 'app://beep/index.html', 405],
  ])('%s %s is not: %i', (method, address, status) => {
    expect(pageFile(method, address)).toMatchObject({ status })
  })

  it('come with a policy that lets the page run its own scripts, and speak to nobody', () => {
    const policy = pageHeaders['content-security-policy'] ?? ''
    expect(policy.split('; ')).toContain("default-src 'none'")
    expect(policy.split('; ')).toContain("script-src 'self'")
    expect(policy).not.toMatch(/connect-src|unsafe-eval|https?:|\*/u)
  })
})

describe('navigation', () => {
  it.each(['app://beep/index.html', 'app://beep/index.html#/servers', 'app://beep/', 'app://beep'])(
    '%s is the page',
    (address) => {
      expect(navigationVerdict(address, true)).toEqual({ kind: 'allow' })
      expect(isPage(address)).toBe(true)
    },
  )

  it('of a frame is refused, wherever it goes', () => {
    expect(navigationVerdict('app://beep/index.html', false)).toMatchObject({ kind: 'refuse' })
    expect(navigationVerdict('about:srcdoc', false)).toMatchObject({ kind: 'refuse' })
  })

  it.each(['https://docs.python.org/3/', 'https://packaging.python.org/en/latest/'])(
    '%s opens in the browser',
    (url) => {
      expect(navigationVerdict(url, true)).toEqual({ kind: 'browser', url })
      expect(linkVerdict(url)).toEqual({ kind: 'browser', url })
    },
  )

  it.each([
    'https://example.com/',
    'http://docs.python.org/3/',
    'https://docs.python.org.evil.example/3/',
    'https://user@docs.python.org/3/',
    'https://docs.python.org@evil.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'beep-python://servers/demo',
    'app://other/index.html',
    'app://beep/other.html',
    'no address',
  ])('%s is refused', (url) => {
    expect(navigationVerdict(url, true)).toMatchObject({ kind: 'refuse' })
    expect(linkVerdict(url)).toMatchObject({ kind: 'refuse' })
  })
})

describe('the sender of a message', () => {
  const page = { url: 'app://beep/index.html#/servers', isMainFrame: true, isOurWindow: true }

  it('is answered when it is our page', () => {
    expect(senderProblem(page)).toBeUndefined()
  })

  it.each([
    [{ ...page, isOurWindow: false }, /window that is not ours/u],
    [{ ...page, url: undefined }, /gone/u],
    [{ ...page, isMainFrame: false }, /frame within/u],
    [{ ...page, url: 'https://beep/index.html' }, /not ours \(https:\/\/beep\)/u],
    [{ ...page, url: 'app://beep.evil/index.html' }, /not ours/u],
    [{ ...page, url: 'about:blank' }, /not ours/u],
  ])('%j is not', (sender, why) => {
    expect(senderProblem(sender)).toMatch(why)
  })

  it('has an origin with a host, whatever the scheme', () => {
    expect(originOf('app://beep/x')).toBe('app://beep')
    expect(originOf('')).toBe('no address')
  })
})

describe('permissions', () => {
  it.each(['clipboard-sanitized-write', 'notifications'])('%s is for our page', (permission) => {
    expect(isPermitted(permission, 'app://beep')).toBe(true)
    expect(isPermitted(permission, 'app://beep/')).toBe(true)
    expect(isPermitted(permission, 'https://example.com')).toBe(false)
    expect(isPermitted(permission, '')).toBe(false)
  })

  it.each(['media', 'geolocation', 'clipboard-read', 'openExternal', 'fileSystem', 'hid', 'unknown'])(
    '%s is for nobody',
    (permission) => {
      expect(isPermitted(permission, 'app://beep')).toBe(false)
    },
  )
})

it('a window is made without any power', () => {
  const facts = { placed: { width: 1280, height: 800 }, preload: '/p.cjs', icon: '/i.png', isDark: true }
  const { show, backgroundColor, webPreferences } = windowOptions({ ...facts, isPackaged: true })
  expect(show).toBe(false)
  expect(backgroundColor).toBe('#14161a')
  expect(webPreferences).toMatchObject({
    preload: '/p.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    devTools: false,
  })
  expect(windowOptions({ ...facts, isPackaged: false }).webPreferences?.devTools).toBe(true)
})

it('the theme of the system follows the setting', () => {
  expect((['system', 'light', 'dark', 'contrast'] as const).map(themeSource)).toEqual([
    'system',
    'light',
    'dark',
    'system',
  ])
})
