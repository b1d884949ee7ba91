import path from 'node:path'
import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { terminal } from '../integration/cli/terminal.ts'
import type { Terminal } from '../integration/cli/terminal.ts'
import { hasBrowser } from '../e2e/harness/browser.ts'
import { openBrowserWindow, openWindow } from '../e2e/harness/open-window.ts'
import { emptyScenes } from '../e2e/scenes/empty.ts'
import { fallingScenes, furnishFalling } from '../e2e/scenes/falling.ts'
import { furnish, richUser } from '../e2e/scenes/house.ts'
import { setLook } from '../e2e/scenes/looks.ts'
import { leave, richScenes, settled } from '../e2e/scenes/scenes.ts'
import { shell } from '../e2e/screens/shell.ts'
import type { Scene } from '../e2e/scenes/scene.ts'

const folder = process.env['BEEP_TEST_SCREENSHOTS'] ?? '.cache/screenshots'
const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
] as const
const themes = ['light', 'dark'] as const

/** One picture of each scene in each size and theme, named `<scene>-<theme>-<width>.png`. One that fails stops none of the others. */
async function photograph(page: Page, scenes: readonly Scene[]): Promise<void> {
  const failed: string[] = []
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const { name, show } of scenes) {
      try {
        await page.mouse.move(0, 0)
        await show(page)
        await settled(page)
        for (const colorScheme of themes) {
          await setLook(page, { colorScheme })
          await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}-${size.width}.png`) })
        }
      } catch (error) {
        failed.push(`${name} at ${size.width}: ${String(error)}`)
      }
      await leave(page)
    }
  }
  expect(failed).toEqual([])
}

async function withServer(user: Terminal): Promise<void> {
  await user.json('init', '--from', 'system')
  await user.json('start', 'pipe', '--name', 'orders', '--detach')
}

const lostScene: Scene = {
  name: 'connection-lost',
  async show(page) {
    await shell(page).go('Servers')
    await shell(page).banner.waitFor()
    await page.mouse.move(640, 500)
  },
}

describe.skipIf(!hasBrowser)('every screen', () => {
  test('of a new user', async () => {
    const user = await richUser()
    const { page } = await openWindow({ door: 'browser', user })
    await photograph(page, emptyScenes)
  })

  test('of a user who has been at it for a while', async () => {
    const user = await richUser()
    const { page } = await openWindow({ door: 'browser', user, furnish })
    await photograph(page, richScenes)
  })

  test('of a user whose server waits to start again', async () => {
    const user = terminal()
    const { page } = await openWindow({ door: 'browser', user, furnish: furnishFalling })
    await photograph(page, fallingScenes(user))
  })

  test('of a user whose host has been killed', async () => {
    const user = terminal()
    const { page, host, expected } = await openBrowserWindow({ user, furnish: withServer })
    expected(/WebSocket connection to|net::ERR_/u)
    host.child.kill('SIGKILL')
    await host.ended
    await photograph(page, [lostScene])
  })
})
