import type { Locator, Page } from '@playwright/test'

export type ScreenName =
  'Home' | 'Runtimes' | 'Environments' | 'Profiles' | 'Servers' | 'Playground' | 'Logs' | 'Activity' | 'Settings'

/** What stands around every screen. */
export interface Shell {
  readonly go: (screen: ScreenName) => Promise<void>
  /** A dialog or drawer, by its title. */
  readonly dialog: (title: string | RegExp) => Locator
  /** How the connection stands, in the header: "Connected", "Connection lost". */
  readonly link: (state: string) => Locator
  /** Over every screen while what it shows may be out of date. */
  readonly banner: Locator
  readonly theme: (name: 'As the system' | 'Light' | 'Dark' | 'High contrast') => Promise<void>
  /** The field of the palette. */
  readonly palette: Locator
  /** Opens the palette, types, and takes the first thing found. */
  readonly command: (text: string) => Promise<void>
  /** A word from the app about something that has ended. */
  readonly notification: (text: string | RegExp) => Locator
}

export function shell(page: Page): Shell {
  const palette = page.getByRole('textbox', { name: 'Search screens and actions' })
  return {
    palette,
    async go(screen) {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen, exact: true }).click()
      await page.waitForURL(new RegExp(`#/${screen.toLowerCase()}$`, 'u'))
    },
    dialog: (title) => page.getByRole('dialog', { name: title }),
    link: (state) => page.getByRole('banner').getByText(state, { exact: true }),
    banner: page.getByRole('main').getByRole('alert'),
    async theme(name) {
      await page.getByRole('button', { name: 'Theme' }).click()
      await page.getByRole('menuitemradio', { name, exact: true }).click()
    },
    async command(text) {
      await page.keyboard.press('Control+k')
      await palette.fill(text)
      await page.keyboard.press('Enter')
      await palette.waitFor({ state: 'detached' })
    },
    notification: (text) => page.getByRole('alert').filter({ hasText: text }),
  }
}
