import { settingsSchema } from '../../../contract/index.ts'
import type { Settings, SettingsChange } from '../../../contract/index.ts'

/** Bytes in the megabyte of disks and download pages. */
export const megabyte = 1_000_000

/** Least log size that the host accepts, in whole megabytes. */
export const minLogMegabytes = Math.ceil(65_536 / megabyte)

/** What differs from the settings as they are: only that is sent, so that another door's change is not undone. */
export function changeOf(settings: Settings, draft: Settings): SettingsChange {
  const keys = Object.keys(settingsSchema.shape) as (keyof Settings)[]
  const changed = keys.filter((key) => JSON.stringify(settings[key]) !== JSON.stringify(draft[key]))
  return Object.fromEntries(changed.map((key) => [key, draft[key]]))
}
