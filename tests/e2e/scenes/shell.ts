import { shell } from '../screens/shell.ts'
import { goTo } from './scene.ts'
import type { Scene } from './scene.ts'

/** What lies over every screen. */
export const shellScenes: readonly Scene[] = [
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
