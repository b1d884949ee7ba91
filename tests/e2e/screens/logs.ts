import type { Locator, Page } from '@playwright/test'

export interface LogsScreen {
  /** The lines in view. */
  readonly lines: Locator
  readonly search: Locator
  readonly pause: Locator
  readonly follow: Locator
  readonly save: Locator
  readonly choose: (list: 'Server' | 'Source' | 'Stream', value: string) => Promise<void>
}

export function logsScreen(page: Page): LogsScreen {
  return {
    lines: page.getByRole('region', { name: 'Log lines' }),
    search: page.getByRole('textbox', { name: 'Search the lines' }),
    pause: page.getByRole('button', { name: 'Pause' }),
    follow: page.getByRole('button', { name: 'Follow again' }),
    save: page.getByRole('button', { name: 'Save the lines as a file' }),
    async choose(list, value) {
      await page.getByRole('combobox', { name: list }).click()
      await page.getByRole('option', { name: value, exact: true }).click()
    },
  }
}
