import { activity } from './en/activity.ts'
import { environments } from './en/environments.ts'
import { history } from './en/history.ts'
import { home } from './en/home.ts'
import { installer } from './en/installer.ts'
import { limits } from './en/limits.ts'
import { logs } from './en/logs.ts'
import { playground } from './en/playground.ts'
import { profiles } from './en/profiles.ts'
import { runtimes } from './en/runtimes.ts'
import { servers } from './en/servers.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'

/** Every text of ours, in English: one file a screen. `_one` and `_other` are the plurals of a text with a `count`. */
export const en = {
  shell,
  home,
  runtimes,
  environments,
  history,
  profiles,
  servers,
  limits,
  playground,
  logs,
  activity,
  settings,
  installer,
} as const
