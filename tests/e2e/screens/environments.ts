import type { Locator, Page } from '@playwright/test'

export interface EnvironmentFields {
  readonly name: string
  readonly profiles?: readonly string[]
  readonly packages?: readonly string[]
}

export interface EnvironmentsScreen {
  /** Opens the dialog for a new environment, fills it in, and waits for the page of what was made. */
  readonly create: (fields: EnvironmentFields) => Promise<void>
  /** Waits for the page of one that is being made. */
  readonly made: (name: string) => Promise<void>
  /** The row of one in the list. */
  readonly row: (name: string) => Locator
  readonly open: (name: string) => Promise<void>
  readonly back: () => Promise<void>
  /** On the page of one: a package as a row. */
  readonly package: (name: string) => Locator
  readonly button: (name: string | RegExp) => Locator
  readonly tab: (name: RegExp) => Promise<void>
  /** Something of the menu of the one that is open. */
  readonly choose: (name: string, action: string) => Promise<void>
  /** Types packages into the field of a dialog. */
  readonly name: (dialog: Locator, ...packages: readonly string[]) => Promise<void>
}

export function environmentsScreen(page: Page): EnvironmentsScreen {
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true })
  const made = (name: string) => heading(name).waitFor({ timeout: 120_000 })
  const table = (name: string) => page.getByRole('table', { name })
  const name: EnvironmentsScreen['name'] = async (dialog, ...packages) => {
    const field = dialog.getByRole('combobox', { name: 'Packages' })
    for (const one of packages) {
      await field.fill(one)
      await page.keyboard.press('Enter')
    }
  }
  return {
    button,
    name,
    async create({ name: wanted, profiles = [], packages = [] }) {
      await button('New environment').first().click()
      const dialog = page.getByRole('dialog', { name: 'New environment' })
      await dialog.getByRole('textbox', { name: 'Name' }).fill(wanted)
      for (const profile of profiles) await dialog.getByRole('checkbox', { name: profile, exact: true }).check()
      await name(dialog, ...packages)
      await dialog.getByRole('button', { name: 'Create' }).click()
      await made(wanted)
    },
    made,
    row: (one) =>
      table('Environments')
        .getByRole('row')
        .filter({ has: page.getByRole('link', { name: one, exact: true }) }),
    async open(one) {
      await table('Environments').getByRole('link', { name: one, exact: true }).click()
      await heading(one).waitFor()
    },
    async back() {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Environments' }).click()
      await heading('Environments').waitFor()
    },
    package: (one) =>
      table('Packages')
        .getByRole('row')
        .filter({ has: page.getByRole('cell', { name: new RegExp(`^${one}( · Asked for)?$`, 'u') }) }),
    async tab(one) {
      await page.getByRole('tab', { name: one }).click()
    },
    async choose(one, action) {
      await button(`More for ${one}`).click()
      await page.getByRole('menuitem', { name: action }).click()
    },
  }
}
