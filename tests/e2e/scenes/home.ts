import { click, dialog, screen } from './scene.ts'
import type { Scene } from './scene.ts'

/** The first screen. */
export const homeScenes: readonly Scene[] = [
  screen('home', 'home', (page) => page.getByText('Checked').waitFor()),
  dialog('diagnostics', 'home', click('Save diagnostics…'), async (page) => {
    await page.getByRole('dialog').getByRole('tab', { name: 'servers.json' }).click()
    await page.getByRole('group', { name: 'Text of servers.json' }).waitFor()
  }),
]
