import type { Page } from '@playwright/test'
import { expect } from '../harness/expect.ts'
import { environmentsScreen } from '../screens/environments.ts'
import { logsScreen } from '../screens/logs.ts'
import { playgroundScreen } from '../screens/playground.ts'
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

/** A part of an environment. */
function tab(name: string, place: string, label: RegExp): Scene {
  return {
    name,
    async show(page) {
      await goTo(page, place)
      await page.getByRole('tab', { name: label }).click()
      await page.getByRole('tabpanel', { name: label }).waitFor()
    },
  }
}

/** A dialog that a button of a screen opens, with something done in it. */
function dialog(
  name: string,
  place: string,
  open: (page: Page) => Promise<void>,
  act: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Scene {
  return {
    name,
    async show(page) {
      await goTo(page, place)
      await open(page)
      await page.getByRole('dialog').waitFor()
      await act(page)
    },
  }
}

const heading = (name: string) => (page: Page) => page.getByRole('heading', { name, exact: true }).first().waitFor()
const click = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

/** The data root of richUser. */
export const richScenes: readonly Scene[] = [
  screen('home', 'home', (page) => page.getByText('Checked').waitFor()),
  dialog('diagnostics', 'home', click('Save diagnostics…'), async (page) => {
    await page.getByRole('dialog').getByRole('tab', { name: 'servers.json' }).click()
    await page.getByRole('group', { name: 'Text of servers.json' }).waitFor()
  }),
  screen('runtimes', 'runtimes', heading('Found on this machine')),
  dialog('runtime-add', 'runtimes', click('Add a Python')),
  screen('environments', 'environments', (page) => page.getByText('reports for Zoë').waitFor()),
  dialog('environment-create', 'environments', click('New environment'), (page) =>
    page.getByRole('checkbox', { name: 'Web', exact: true }).check(),
  ),
  dialog('environment-provider', 'environments', click('For a provider…'), (page) =>
    page.getByRole('textbox', { name: 'Model' }).fill('org/model'),
  ),
  screen('environment', 'environments/data-tools', (page) =>
    page.getByRole('table', { name: 'Packages' }).getByText('pandas').waitFor(),
  ),
  tab('environment-requirements', 'environments/data-tools', /^Requirements/u),
  tab('environment-history', 'environments/data-tools', /^History/u),
  dialog('environment-rollback', 'environments/data-tools', async (page) => {
    await page.getByRole('tab', { name: 'History' }).click()
    await page
      .getByRole('row', { name: /Before installing/u })
      .getByRole('button', { name: /^Roll back to/u })
      .click()
  }),
  tab('environment-details', 'environments/data-tools', /^Details/u),
  dialog('environment-install', 'environments/data-tools', click('Install packages'), async (page) => {
    const environments = environmentsScreen(page)
    await environments.name(page.getByRole('dialog'), 'scikit-learn', 'matplotlib')
    await page.getByRole('dialog').getByRole('button', { name: 'Preview' }).click()
    await page.getByRole('dialog').getByRole('table').first().waitFor()
  }),
  dialog('environment-delete', 'environments/imaging', async (page) => {
    await environmentsScreen(page).choose('imaging', 'Delete…')
  }),
  screen('environment-broken', 'environments/old-project', (page) =>
    page.getByRole('button', { name: 'Repair' }).waitFor(),
  ),
  screen('profiles', 'profiles', heading('For providers')),
  dialog('profile-new', 'profiles', click('New profile'), async (page) => {
    await page.getByRole('textbox', { name: 'Name' }).fill('Reports')
    await page.getByRole('textbox', { name: 'Packages', exact: true }).fill('pandas>=2.2\nnumpy --evil')
  }),
  dialog(
    'profile-preview',
    'profiles',
    async (page) => {
      await page.getByRole('button', { name: 'More for Machine learning' }).click()
      await page.getByRole('menuitem', { name: 'What Machine learning would install' }).click()
    },
    (page) => page.getByRole('dialog').getByText('GPU back end').waitFor(),
  ),
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
  playground('playground', 'Output as it comes', 'Done'),
  dialog(
    'session-new',
    'playground/vision',
    (page) => playgroundScreen(page).chooseSession('New session…'),
    (page) => page.getByRole('switch', { name: 'A process of its own' }).check(),
  ),
  {
    name: 'playground-input',
    async show(page) {
      await goTo(page, 'playground/vision')
      const { chooseSession, write, run, ended, interrupt } = playgroundScreen(page)
      await chooseSession(/^training/u)
      await write('import getpass\nname = input("Who are you? ")\nkey = getpass.getpass("The key, please: ")')
      await run.click()
      await ended('Waiting for input')
      await interrupt.waitFor()
    },
  },
  playground('playground-error', 'What an error looks like', 'Failed'),
  screen('logs', 'logs', (page) => page.getByText('done in 1.84 s').first().waitFor()),
  {
    name: 'log-search',
    async show(page) {
      await goTo(page, 'logs/orders')
      await page.getByText('done in 1.84 s').waitFor()
      await logsScreen(page).search.fill('warning')
      await page.keyboard.press('Enter')
    },
  },
  screen('activity', 'activity', heading('Recent')),
  screen('settings', 'settings', heading('About')),
  dialog('bundle-create', 'settings', click('Make one…')),
  dialog('bundle-import', 'settings', click('Import…')),
  dialog(
    'settings-import',
    'settings',
    async (page) => page.getByRole('group', { name: 'As a file' }).getByRole('button', { name: 'Import…' }).click(),
    async (page) => {
      const settings = { theme: 'dark', noProxy: ['.intern.example', '10.0.0.0/8'], future: true }
      await page.getByRole('textbox', { name: 'Text of the file' }).fill(JSON.stringify({ version: 1, settings }))
      await page.getByRole('button', { name: 'Show what would change' }).click()
      await page.getByRole('dialog').getByRole('table').waitFor()
    },
  ),
  {
    name: 'palette',
    async show(page) {
      await goTo(page, 'home')
      await page.keyboard.press('Control+k')
      await shell(page).palette.waitFor()
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

/** One of the playground's own examples, run to its end on a server. */
function playground(name: string, example: string, outcome: 'Done' | 'Failed'): Scene {
  return {
    name,
    async show(page) {
      await goTo(page, 'playground/vision')
      await page.getByRole('button', { name: 'Examples' }).click()
      await page.getByRole('menuitem', { name: example }).click()
      const { run, ended } = playgroundScreen(page)
      await run.click()
      await ended(outcome)
    },
  }
}

/** Waits until what a scene went through is gone: a menu fades away while the dialog that it opened is there already. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('[class*="-dropdown"]').filter({ visible: true })).toHaveCount(0)
}

/** Closes whatever a scene has opened, ends what it runs, and goes where none of it is left. */
export async function leave(page: Page): Promise<void> {
  const { interrupt, ended } = playgroundScreen(page)
  if (await interrupt.isVisible()) {
    await interrupt.click()
    await ended('Interrupted')
  }
  const dialogs = page.getByRole('dialog')
  for (let tries = 0; tries < 3 && (await dialogs.count()) > 0; tries += 1) {
    await page.keyboard.press('Escape')
    await dialogs
      .first()
      .waitFor({ state: 'detached', timeout: 2000 })
      .catch(() => {})
  }
  await goTo(page, 'activity')
  await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor()
}
