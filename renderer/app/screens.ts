import { activityScreen } from '../features/activity/screen.ts'
import { environmentsScreen } from '../features/environments/screen.ts'
import { homeScreen } from '../features/home/screen.ts'
import { logsScreen } from '../features/logs/screen.ts'
import { playgroundScreen } from '../features/playground/screen.ts'
import { profilesScreen } from '../features/profiles/screen.ts'
import { runtimesScreen } from '../features/runtimes/screen.ts'
import { serversScreen } from '../features/servers/screen.ts'
import { settingsScreen } from '../features/settings/screen.ts'
import type { Screen } from '../ui/screen.ts'

/** Every screen, in the order of the navigation. To add one: features/<noun>/screen.ts, and a line here. */
export const screens: readonly Screen[] = [
  homeScreen,
  runtimesScreen,
  environmentsScreen,
  profilesScreen,
  serversScreen,
  playgroundScreen,
  logsScreen,
  activityScreen,
  settingsScreen,
]

export function screenOf(id: string): Screen | undefined {
  return screens.find((screen) => screen.id === id)
}
