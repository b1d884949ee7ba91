import { describe } from 'vitest'
import { hasBrowser } from './browser.ts'

/** The ways to a window: a page of the host's own, or the desktop app. */
export type Door = 'browser' | 'desktop'

/** Every door that can be opened here. */
export const doors: readonly Door[] = ['browser', 'desktop']

/** The same tests at each door; skipped, and said so, where there is no Chromium. */
export function atEachDoor(tests: (door: Door) => void): void {
  describe.skipIf(!hasBrowser).for(doors)('at the %s door', tests)
}

/** Tests that only this door can pass. */
export function atDoor(door: Door, tests: (door: Door) => void): void {
  describe.skipIf(!hasBrowser).for([door])('at the %s door', tests)
}

/**
 * Tests of what is behind the door and the same at each, at one of them, since all of them at all doors would take minutes more.
 * With BEEP_TEST_DOORS=all they run at each.
 */
export function atOneDoor(usual: Door, tests: (door: Door) => void): void {
  if (process.env['BEEP_TEST_DOORS'] === 'all') atEachDoor(tests)
  else atDoor(usual, tests)
}
