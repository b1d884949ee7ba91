import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { terminal } from '../integration/cli/terminal.ts'
import { atDoor } from './harness/doors.ts'
import { openWindow } from './harness/open-window.ts'
import { emptyScenes } from './scenes/empty.ts'
import { fallingScenes, furnishFalling } from './scenes/falling.ts'
import { furnish, richUser } from './scenes/house.ts'
import { setLook } from './scenes/looks.ts'
import { leave, richScenes, settled } from './scenes/scenes.ts'
import type { Scene } from './scenes/scene.ts'

/** What the system asks of the page, beside what the user chose. */
const looks = [
  { name: 'light', colorScheme: 'light', contrast: 'no-preference' },
  { name: 'dark', colorScheme: 'dark', contrast: 'no-preference' },
  { name: 'high contrast, light', colorScheme: 'light', contrast: 'more' },
  { name: 'high contrast, dark', colorScheme: 'dark', contrast: 'more' },
] as const

/** Whatever lies over the page. */
const dialogs = '[role="dialog"]'

/** Pages that have axe: half a megabyte, which would be read anew for each look. */
const equipped = new WeakSet<Page>()

/** Each violation as a line: rule, where, and what is wrong there. */
async function violationsOf(page: Page, isColourOnly: boolean): Promise<string[]> {
  // Style sheets are read again only for rules that look at them; those of colours do not.
  const rules = isColourOnly ? { runOnly: ['color-contrast'], preload: false } : {}
  const source = equipped.has(page) ? { axeSource: 'void 0' } : {}
  equipped.add(page)
  // In the page itself: the other mode opens a page more for each look, and nothing here lies in frames of other origins.
  const builder = new AxeBuilder({ page, ...source })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], ...rules })
  // What lies below a dialog is a scene of its own, in the same looks; here it is behind a veil.
  if (isColourOnly && (await page.locator(dialogs).count()) > 0) builder.include(dialogs)
  const { violations } = await builder.analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.replaceAll('\n', ' ')}`),
  )
}

async function examine(page: Page, scenes: readonly Scene[]): Promise<string[]> {
  const found: string[] = []
  for (const { name, show } of scenes) {
    await show(page)
    await settled(page)
    for (const [index, { name: look, colorScheme, contrast }] of looks.entries()) {
      await setLook(page, { colorScheme, contrast })
      // The structure is the same in every look; colours are not.
      const violations = await violationsOf(page, index > 0)
      found.push(...violations.map((violation) => `${name}, ${look}: ${violation}`))
    }
    await leave(page)
  }
  return found
}

/** Milliseconds: a good hundred examinations, each of a whole page. */
const longMs = 600_000

// The pages are the same at every door.
atDoor('browser', (door) => {
  test(
    'a new user finds nothing in the way, on any screen, in any look',
    async () => {
      const user = await richUser()
      const { page } = await openWindow({ door, user })
      expect(await examine(page, emptyScenes)).toEqual([])
    },
    longMs,
  )

  test(
    'neither does one who has been at it for a while',
    async () => {
      const user = await richUser()
      const { page } = await openWindow({ door, user, furnish })
      expect(await examine(page, richScenes)).toEqual([])
    },
    longMs,
  )

  test(
    'nor one whose server waits to start again',
    async () => {
      const user = terminal()
      const { page } = await openWindow({ door, user, furnish: furnishFalling })
      expect(await examine(page, fallingScenes(user))).toEqual([])
    },
    longMs,
  )
})
