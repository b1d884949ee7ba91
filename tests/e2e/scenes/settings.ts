import { click, dialog, heading, screen } from './scene.ts'
import type { Scene } from './scene.ts'

/** Settings, and what is done from there. */
export const settingsScenes: readonly Scene[] = [
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
]
