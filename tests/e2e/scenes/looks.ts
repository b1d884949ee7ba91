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
  // A colour that is inherited arrives one level of the page a frame, for each level has a transition, however short.
  let calm = 0
  while (calm < 3) calm = (await isFading(page)) ? 0 : calm + 1
}

/** True when some colour was on its way at the next frame. */
function isFading(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        requestAnimationFrame(() =>
          resolve(document.getAnimations().some((animation) => animation instanceof CSSTransition)),
        )
      }),
  )
}
