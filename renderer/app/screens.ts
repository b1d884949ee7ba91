import { activityScreen } from '../features/activity/screen.ts'
import type { Screen } from '../ui/screen.ts'

/** Every screen, in the order of the navigation. To add one: features/<noun>/screen.ts, and a line here. */
export const screens: readonly Screen[] = [activityScreen]

export function screenOf(id: string): Screen | undefined {
  return screens.find((screen) => screen.id === id)
}
