import type { Page } from '@playwright/test'

export interface Look {
  readonly colorScheme: 'light' | 'dark'
  readonly contrast?: 'more' | 'no-preference'
}

/** A colour that is inherited would arrive one level of the page a frame, for each level has a transition, however short. */
const noTransitions = '* { transition: none !important }'

/** What the system asks of the page, for a user whose theme follows the system. Settles when it is on screen. */
export async function setLook(page: Page, look: Look): Promise<void> {
  await page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'reduce', ...look })
  const contrast = look.contrast === 'more' ? 'more' : ''
  await page.waitForFunction(
    ([scheme, more]) => {
      const { dataset } = document.documentElement
      return dataset['mantineColorScheme'] === scheme && (dataset['contrast'] ?? '') === more
    },
    [look.colorScheme, contrast] as const,
  )
  await page.evaluate(async (rule) => {
    // Of this document: one that has been loaded anew has it no more.
    if (!document.adoptedStyleSheets.some(({ cssRules }) => cssRules[0]?.cssText.startsWith('* { transition: none'))) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(rule)
      document.adoptedStyleSheets.push(sheet)
    }
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
  }, noTransitions)
}
