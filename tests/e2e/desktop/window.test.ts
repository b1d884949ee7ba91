import { expect, onTestFinished, test } from 'vitest'
import type { Page } from '@playwright/test'
import { terminal } from '../../integration/cli/terminal.ts'
import { hasBrowser, theBrowser } from '../harness/browser.ts'
import { watchComplaints } from '../harness/evidence.ts'
import { logged } from '../harness/host-log.ts'
import { createBridge } from '../../../electron/bridge.ts'
import type { DesktopBridge } from '../../../renderer/bridge.ts'
import { launchDesktop } from './launch.ts'
import type { Desktop } from './launch.ts'

const inBrowser = test.skipIf(!hasBrowser)

async function open(user = terminal()): Promise<Desktop> {
  const desktop = await launchDesktop({ home: user.home, env: user.env, browser: await theBrowser() })
  onTestFinished(() => desktop.close())
  return desktop
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
  const { page, sendFrom, shell } = await open(user)
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
  expect(await sendFrom(page.frames().at(-1)!, 'beep:invoke', 'host.info', {})).toMatchObject({
    error: { code: 'UNAUTHORIZED' },
  })
  await logged(user, /refused: a frame within the page/u)
  await expect(sendFrom(page.mainFrame(), 'another channel')).rejects.toThrow('No handler registered')

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
