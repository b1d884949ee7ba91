import type { Page } from '@playwright/test'

export interface Look {
  readonly colorScheme: 'light' | 'dark'
  readonly contrast?: 'more' | 'no-preference'
}

/** What the system asks of the page, for a user whose theme follows the system. Settles when it is on screen. */
export async function setLook(page: Page, look: Look): Promise<void> {
  await page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'reduce', ...look })
  const isMore = look.contrast === 'more'
  await page.waitForFunction(
    ([scheme, contrast]) => {
      const { dataset } = document.documentElement
      return dataset['mantineColorScheme'] === scheme && (dataset['contrast'] ?? '') === contrast
    },
    [look.colorScheme, isMore ? 'more' : ''] as const,
  )
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}
