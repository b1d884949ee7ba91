import { serversScreen } from '../screens/servers.ts'
import { click, dialog, screen } from './scene.ts'
import type { Scene } from './scene.ts'

/** Servers, and what can be done with one. */
export const serverScenes: readonly Scene[] = [
  screen('servers', 'servers', (page) => serversScreen(page).server('orders').card.waitFor()),
  screen('servers-running', 'servers', async (page) => {
    await page.getByText(/^Running \d/u).click()
    await page.getByRole('term').filter({ hasText: '99 % within' }).first().waitFor()
    await page
      .getByText(/^\d.* ms$/u)
      .first()
      .waitFor()
  }),
  dialog('server-new', 'servers', click('New server'), (page) =>
    serversScreen(page).fillIn({ transport: 'HTTP', name: 'reports', port: 5680 }),
  ),
  dialog('server-edit', 'servers', (page) => serversScreen(page).server('orders').choose('Edit…')),
  dialog(
    'server-limits',
    'servers',
    (page) => serversScreen(page).server('orders').choose('Edit…'),
    (page) => serversScreen(page).openLimits(),
  ),
  screen('connect', 'servers/orders', async (page) => {
    await page.getByRole('tab', { name: 'Connect' }).click()
    await page.getByRole('tab', { name: 'TypeScript' }).waitFor()
  }),
  screen('sessions', 'servers/vision', async (page) => {
    await page.getByRole('tab', { name: 'Sessions' }).click()
    await page
      .getByRole('button', { name: /objects? held, of/u })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('table').first().waitFor()
  }),
  screen('variables', 'servers/orders', async (page) => {
    await page.getByRole('tab', { name: 'Variables' }).click()
    await page.getByRole('cell', { name: 'VIRTUAL_ENV', exact: true }).waitFor()
  }),
]
