import { logsScreen } from '../screens/logs.ts'
import { goTo, heading, screen } from './scene.ts'
import type { Scene } from './scene.ts'

/** What was: logs, and what the host has done. */
export const pastScenes: readonly Scene[] = [
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
]
