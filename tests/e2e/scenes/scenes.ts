import type { Page } from '@playwright/test'
import { expect } from '../harness/expect.ts'
import { playgroundScreen } from '../screens/playground.ts'
import { environmentScenes } from './environments.ts'
import { homeScenes } from './home.ts'
import { pastScenes } from './past.ts'
import { playgroundScenes } from './playground.ts'
import { profileScenes } from './profiles.ts'
import { runtimeScenes } from './runtimes.ts'
import { goTo } from './scene.ts'
import type { Scene } from './scene.ts'
import { serverScenes } from './servers.ts'
import { settingsScenes } from './settings.ts'
import { shellScenes } from './shell.ts'

/** The data root of richUser. */
export const richScenes: readonly Scene[] = [
  ...homeScenes,
  ...runtimeScenes,
  ...environmentScenes,
  ...profileScenes,
  ...serverScenes,
  ...playgroundScenes,
  ...pastScenes,
  ...settingsScenes,
  ...shellScenes,
]

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
  const closeNotice = page.getByRole('alert').getByRole('button', { name: 'Close', exact: true })
  // Some of them go by themselves.
  for (let tries = 0; tries < 10 && (await closeNotice.count()) > 0; tries += 1) {
    await closeNotice
      .first()
      .click({ timeout: 2000 })
      .catch(() => {})
  }
  await goTo(page, 'activity')
  await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor()
}
