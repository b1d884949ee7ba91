import { environmentsScreen } from '../screens/environments.ts'
import { click, dialog, goTo, screen } from './scene.ts'
import type { Scene } from './scene.ts'

/** Environments, and one with all that can be seen of it. */
export const environmentScenes: readonly Scene[] = [
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
