import { playgroundScreen } from '../screens/playground.ts'
import { dialog, goTo } from './scene.ts'
import type { Scene } from './scene.ts'

/** Code that runs. */
export const playgroundScenes: readonly Scene[] = [
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
