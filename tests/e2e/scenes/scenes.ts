import type { Page } from '@playwright/test'
import { serversScreen } from '../screens/servers.ts'
import { shell } from '../screens/shell.ts'

/** Something that the window can show, and the way there from anywhere. */
export interface Scene {
  readonly name: string
  readonly show: (page: Page) => Promise<void>
}

/** Puts an address into the window, as a link would. */
async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, `#/${place}`)
}

/** A screen, by the last part of its address and by what has to be on it. */
function screen(name: string, place: string, isThere: (page: Page) => Promise<unknown>): Scene {
  return {
    name,
    async show(page) {
      await goTo(page, place)
      await isThere(page)
    },
  }
}

/** A data root in which nothing is. */
export const emptyScenes: readonly Scene[] = [
  screen('home-first-run', 'home', (page) => page.getByRole('heading', { name: 'Welcome' }).waitFor()),
  screen('environments-empty', 'environments', (page) => page.getByText('No environment yet').waitFor()),
  screen('servers-empty', 'servers', (page) => page.getByText('No servers yet').waitFor()),
  screen('logs-empty', 'logs', (page) => page.getByText('No servers, no logs').waitFor()),
  screen('activity-empty', 'activity', (page) => page.getByText('Nothing has been done yet').waitFor()),
]

/** The data root of richUser. */
export const richScenes: readonly Scene[] = [
  screen('home', 'home', (page) => page.getByText('Checked').waitFor()),
  screen('runtimes', 'runtimes', (page) => page.getByRole('heading', { name: 'Found on this machine' }).waitFor()),
  screen('environments', 'environments', (page) => page.getByText('reports for Zoë').waitFor()),
  screen('environment', 'environments/data-tools', (page) =>
    page.getByRole('dialog').getByText('pandas').first().waitFor(),
  ),
  screen('environment-broken', 'environments/old-project', (page) => page.getByRole('dialog').waitFor()),
  screen('servers', 'servers', (page) => serversScreen(page).server('orders').card.waitFor()),
  screen('connect', 'servers/orders', (page) => page.getByRole('dialog').waitFor()),
  screen('logs', 'logs', (page) => page.getByText('done in 1.84 s').waitFor()),
  screen('log', 'logs/orders', (page) => page.getByText('done in 1.84 s').waitFor()),
  screen('activity', 'activity', (page) => page.getByRole('heading', { name: 'Recent' }).waitFor()),
  screen('settings', 'settings', (page) => page.getByRole('heading', { name: 'About' }).waitFor()),
  {
    name: 'palette',
    async show(page) {
      await goTo(page, 'home')
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'shortcuts',
    async show(page) {
      await goTo(page, 'home')
      await page.keyboard.press('?')
      await shell(page).dialog('Keyboard shortcuts').waitFor()
    },
  },
]

/** Closes whatever a scene has opened. */
export async function leave(page: Page): Promise<void> {
  for (let tries = 0; tries < 3 && (await page.getByRole('dialog').count()) > 0; tries += 1) {
    await page.keyboard.press('Escape')
    await page
      .getByRole('dialog')
      .first()
      .waitFor({ state: 'detached', timeout: 2000 })
      .catch(() => {})
  }
}
