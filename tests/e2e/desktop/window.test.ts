import path from 'node:path'
import { expect, test } from 'vitest'
import type { Page } from '@playwright/test'
import { terminal } from '../../integration/cli/terminal.ts'
import { hasBrowser, theBrowser } from '../harness/browser.ts'
import { watchComplaints } from '../harness/evidence.ts'
import { logged } from '../harness/host-log.ts'
import { createBridge } from '../../../electron/bridge.ts'
import type { DesktopBridge } from '../../../renderer/bridge.ts'
import type { Desktop } from './launch.ts'
import { openDesktop, userWithPython } from './open-desktop.ts'

const inBrowser = test.skipIf(!hasBrowser)

async function open(user = terminal()): Promise<Desktop> {
  return openDesktop(user, { browser: await theBrowser() })
}

/** What the preload gives is what the page takes: checked by the compiler. */
export const agreement: (...ipc: Parameters<typeof createBridge>) => DesktopBridge = createBridge

/** What the page gets for asking. */
function ask(page: Page, name: unknown, params: unknown): Promise<unknown> {
  return page.evaluate(([command, given]) => window.beep!.invoke(command as string, given), [name, params])
}

inBrowser('the window shows the host that this program is', async () => {
  const user = terminal()
  const { page, quit } = await open(user)
  watchComplaints(page)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const { host } = await user.json<{ host: { running: boolean; pid: number } }>('status')
  expect(await ask(page, 'host.info', {})).toMatchObject({
    ok: { running: true, pid: host.pid, home: user.home, desktop: { electron: expect.stringMatching(/^\d+\./u) } },
  })
  expect(await quit()).toEqual({ code: 0, signal: null })
})

inBrowser('what a page must not do is refused, and in the log', async () => {
  const user = terminal()
  const { kind, page, sendFrom, shell } = await open(user)
  expect(await ask(page, 'host.everything', {})).toMatchObject({ error: { code: 'UNKNOWN_COMMAND' } })
  expect(await ask(page, ['host.info'], {})).toMatchObject({ error: { code: 'UNKNOWN_COMMAND' } })
  expect(await ask(page, 'servers.stop', { name: 7 })).toMatchObject({ error: { code: 'INVALID_PARAMS' } })
  await logged(user, /refused: There is no command "host.everything"/u)
  await logged(user, /refused: servers\.stop: name/u)

  // A frame in the page has no preload, and what it sends past it is not answered.
  const frame = await page.evaluate(() => {
    const made = document.createElement('iframe')
    document.body.append(made)
    return 'beep' in made.contentWindow!
  })
  expect(frame).toBe(false)
  // Electron lets nobody speak for another.
  if (kind === 'stand-in') {
    expect(await sendFrom(page.frames().at(-1)!, 'beep:invoke', 'host.info', {})).toMatchObject({
      error: { code: 'UNAUTHORIZED' },
    })
    await logged(user, /refused: a frame within the page/u)
    await expect(sendFrom(page.mainFrame(), 'another channel')).rejects.toThrow('No handler registered')
  }

  const address = page.url()
  await page.evaluate(() => void (window.location.href = 'https://example.com/'))
  await logged(user, /refused to go to "https:\/\/example\.com\/"/u)
  await page.evaluate(() => void window.open('https://example.com/popup'))
  await logged(user, /refused a window for "https:\/\/example\.com\/popup"/u)
  await page.evaluate(() => void window.open('https://docs.python.org/3/'))
  await expect.poll(() => shell.opened()).toEqual(['https://docs.python.org/3/'])
  expect(page.url()).toBe(address)
  expect(
    await page.evaluate(() => navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)),
  ).toBe('denied')
})

inBrowser('a page that crashes is opened again, with a word, and nothing else notices', async () => {
  const user = terminal()
  const desktop = await open(user)
  await desktop.page.getByRole('heading', { level: 1 }).waitFor()
  const first = desktop.page
  await desktop.act({ kind: 'crash-page' })
  const view = await desktop.until('it says so', ({ notifications }) => notifications[0])
  expect(view.notifications).toMatchObject([{ title: 'The window was opened again' }])
  await expect.poll(() => desktop.windows()[0] !== first && desktop.windows()[0] !== undefined).toBe(true)
  await desktop.page.getByRole('heading', { level: 1 }).waitFor()
  await logged(user, /the page ended: crashed/u)
  expect(await ask(desktop.page, 'host.info', {})).toMatchObject({ ok: { running: true } })
})

inBrowser('what the terminal does is on the page, and outlives its reload', async () => {
  const user = await userWithPython()
  const { page } = await open(user)
  watchComplaints(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Servers' }).click()
  await user.beep('start', 'pipe', '--name', 'from afar', '--detach')
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'from afar' }) })
  await card.getByText('Running', { exact: true }).waitFor()
  await page.reload()
  await card.getByText('Running', { exact: true }).waitFor()
  await user.beep('stop', 'from afar')
  await card.getByText('Stopped', { exact: true }).waitFor()
})

inBrowser('the theme of the setting is that of the page and of the native parts', async () => {
  const user = terminal()
  const desktop = await open(user)
  const { page } = desktop
  await page.getByRole('heading', { level: 1 }).waitFor()
  const isDark = () => page.evaluate(() => window.matchMedia('(prefers-color-scheme: dark)').matches)
  expect(await isDark()).toBe(false)
  await user.beep('config', 'set', 'theme', 'dark')
  await desktop.until('the native parts are dark', ({ themeSource }) => themeSource === 'dark')
  await expect.poll(isDark).toBe(true)
  await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
})

inBrowser('files are picked and shown by the desktop, and only what may be', async () => {
  const user = terminal()
  const desktop = await open(user)
  const { page } = desktop
  const archive = { kind: 'file', title: 'An archive', extensions: ['tar.gz'] }
  const [picked, dialog] = await Promise.all([
    ask(page, 'desktop.pickPath', archive),
    desktop.dialogs.pick('/tmp/python.tar.gz'),
  ])
  expect(dialog).toMatchObject({ kind: 'open', title: 'An archive' })
  expect(picked).toEqual({ ok: { path: '/tmp/python.tar.gz' } })
  const [cancelled] = await Promise.all([
    ask(page, 'desktop.pickPath', { kind: 'folder', title: 'A folder' }),
    desktop.dialogs.pick(),
  ])
  expect(cancelled).toEqual({ ok: { path: null } })

  const logs = path.join(user.home, 'logs')
  expect(await ask(page, 'desktop.reveal', { path: logs })).toEqual({ ok: { path: logs } })
  expect(await ask(page, 'desktop.reveal', { path: '/etc' })).toMatchObject({ error: { code: 'INVALID_PARAMS' } })
  expect(await desktop.shell.revealed()).toEqual([logs])
})

inBrowser('a page may write to the clipboard, and read nothing from it', async () => {
  const { page } = await open()
  await page.getByRole('heading', { level: 1 }).waitFor()
  const state = (name: string) =>
    page.evaluate(async (asked) => (await navigator.permissions.query({ name: asked as PermissionName })).state, name)
  expect(await state('clipboard-write')).toBe('granted')
  expect(await state('clipboard-read')).toBe('denied')
})

test('the window is where it was', async () => {
  const user = terminal()
  const first = await openDesktop(user)
  const bounds = { x: 300, y: 200, width: 1000, height: 700 }
  await first.act({ kind: 'move-window', bounds })
  await first.quit()
  const second = await openDesktop(user)
  expect((await second.inspect()).windows).toMatchObject([{ bounds }])
})
