import type { Locator, Page } from '@playwright/test'

export interface ProfileFields {
  readonly name: string
  readonly summary: string
  /** As they are typed: one a line. */
  readonly packages: string
}

export interface ProfilesScreen {
  readonly row: (title: string) => Locator
  /** A button of the screen, or of a row. */
  readonly button: (name: string) => Locator
  /** The dialog of a new profile, or of one that is changed. */
  readonly dialog: (title: string) => Locator
  /** Fills in what is given, saves, and waits until the dialog is gone. */
  readonly save: (dialog: Locator, fields: Partial<ProfileFields>) => Promise<void>
  /** Something of the menu of a row. */
  readonly choose: (title: string, action: string) => Promise<void>
}

export function profilesScreen(page: Page): ProfilesScreen {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  return {
    button,
    row: (title) => page.getByRole('article', { name: title, exact: true }),
    dialog: (title) => page.getByRole('dialog', { name: title }),
    async save(dialog, { name, summary, packages }) {
      const field = (label: string) => dialog.getByRole('textbox', { name: label, exact: true })
      if (name !== undefined) await field('Name').fill(name)
      if (summary !== undefined) await field('What it is for').fill(summary)
      if (packages !== undefined) await field('Packages').fill(packages)
      await dialog.getByRole('button', { name: 'Save', exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
    },
    async choose(title, action) {
      await button(`More for ${title}`).click()
      await page.getByRole('menuitem', { name: action }).click()
    },
  }
}
