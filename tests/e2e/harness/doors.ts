import { describe } from 'vitest'
import { hasBrowser } from './browser.ts'

/** The ways to a window: a page of the host's own, or the desktop app. */
export type Door = 'browser' | 'desktop'

/** Every door that can be opened here. */
export const doors: readonly Door[] = ['browser', 'desktop']

/** The same tests at each door; skipped, and said so, where there is no Chromium. */
export function atEachDoor(tests: (door: Door) => void, at: readonly Door[] = doors): void {
  describe.skipIf(!hasBrowser).for(at)('at the %s door', tests)
}
