import { click, dialog, heading, screen } from './scene.ts'
import type { Scene } from './scene.ts'

/** Profiles. */
export const profileScenes: readonly Scene[] = [
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
]
