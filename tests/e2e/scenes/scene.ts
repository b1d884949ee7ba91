import type { Page } from '@playwright/test'

/** Something that the window can show, and the way there from anywhere. */
export interface Scene {
  readonly name: string
  readonly show: (page: Page) => Promise<void>
}

/** Puts an address into the window, as a link would. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, `#/${place}`)
}

/** A screen, by the last part of its address and by what has to be on it. */
export function screen(name: string, place: string, isThere: (page: Page) => Promise<unknown>): Scene {
  return {
    name,
    async show(page) {
      await goTo(page, place)
      await isThere(page)
    },
  }
}

/** A dialog that a button of a screen opens, with something done in it. */
export function dialog(
  name: string,
  place: string,
  open: (page: Page) => Promise<void>,
  act: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Scene {
  return {
    name,
    async show(page) {
      await goTo(page, place)
      await open(page)
      await page.getByRole('dialog').waitFor()
      await act(page)
    },
  }
}

export const heading = (name: string) => (page: Page) =>
  page.getByRole('heading', { name, exact: true }).first().waitFor()
export const click = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
