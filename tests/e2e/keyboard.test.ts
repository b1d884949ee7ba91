import type { Locator, Page } from '@playwright/test'
import { test } from 'vitest'
import { terminal } from '../integration/cli/terminal.ts'
import { atEachDoor } from './harness/doors.ts'
import { expect } from './harness/expect.ts'
import { openWindow } from './harness/open-window.ts'
import { serversScreen } from './screens/servers.ts'
import { shell } from './screens/shell.ts'

/** Presses a key until something has the focus. */
async function press(page: Page, key: string, until: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press(key)
    if (await until.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`${key} never comes to ${until.toString()}`)
}

atEachDoor((door) => {
  test('without a mouse: a server is made, found, stopped and removed', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    const { page } = await openWindow({ door, user })
    const { command, dialog } = shell(page)
    const { server } = serversScreen(page)

    await command('New server')
    await dialog('New server').waitFor()
    await expect(dialog('New server').getByRole('textbox', { name: 'Name' })).toBeFocused()
    await page.keyboard.type('by hand')
    await page.keyboard.press('Shift+Tab')
    // The transports are one stop; arrows choose among them.
    await page.keyboard.press('ArrowRight')
    await expect(dialog('New server').getByRole('radio', { name: 'Pipe' })).toBeChecked()
    await page.keyboard.press('Enter')
    await server('by hand').is('Running')
    await expect(dialog('New server')).toHaveCount(0)

    await press(page, 'Tab', server('by hand').button('Stop'))
    await page.keyboard.press('Enter')
    await server('by hand').is('Stopped')
    await press(page, 'Tab', server('by hand').card.getByRole('button', { name: 'More for by hand' }))
    await page.keyboard.press('Enter')
    const remove = page.getByRole('menuitem', { name: 'Remove…' })
    await remove.waitFor()
    await press(page, 'ArrowDown', remove)
    await page.keyboard.press('Enter')
    // The way out has the focus: one Enter too many removes nothing.
    await expect(dialog('Remove by hand?').getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(server('by hand').button('Start')).toBeVisible()
  })

  test('keys go everywhere: screens, the list of keys, the palette, the skip link', async () => {
    const { page } = await openWindow({ door, user: terminal() })
    const { dialog, command, palette } = shell(page)
    for (const [keys, title] of [
      ['ge', 'Environments'],
      ['gr', 'Runtimes'],
      ['gv', 'Servers'],
      ['gl', 'Logs'],
      ['ga', 'Activity'],
    ] as const) {
      for (const key of keys) await page.keyboard.press(key)
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
      await expect(page).toHaveTitle(`${title} – Beep Python Host`)
      // A screen reader begins with the new screen.
      await expect(page.getByRole('main')).toBeFocused()
    }
    await page.keyboard.press('?')
    await expect(dialog('Keyboard shortcuts')).toBeVisible()
    // Whoever has a dialog before them means the dialog.
    for (const key of 'gl') await page.keyboard.press(key)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page).toHaveTitle('Activity – Beep Python Host')

    await command('Settings')
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    // From another screen, to a part of this one, and to it again; Tab goes on inside.
    for (const key of 'gh') await page.keyboard.press(key)
    await expect(page).toHaveTitle('Home – Beep Python Host')
    await page.evaluate(() => (window.location.hash = '#/settings/storage'))
    const part = page.getByRole('heading', { level: 2, name: 'Storage' })
    const link = page.getByRole('navigation', { name: 'Parts of the settings' }).getByRole('link', { name: 'Storage' })
    await expect(part).toBeInViewport()
    await expect(link).toHaveAttribute('aria-current', 'location')
    await page.mouse.wheel(0, -20_000)
    await expect(part).not.toBeInViewport()
    await expect(link).not.toHaveAttribute('aria-current', 'location')
    await link.click()
    await expect(part).toBeInViewport()
    await expect(page.locator('#settings-storage')).toBeFocused()
    await command('Settings')
    await expect(page).toHaveURL(/#\/settings$/u)

    await command('Theme: Dark')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    await page.keyboard.press('Control+k')
    await palette.fill('nothing is called so')
    await expect(page.getByText('Nothing by that name')).toBeVisible()
    await page.keyboard.press('Escape')

    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
  })
})
