import { settingsSchema } from '../../../contract/index.ts'
import type { Settings, SettingsChange } from '../../../contract/index.ts'

/** Bytes in the megabyte of disks and download pages. */
export const megabyte = 1_000_000

/** Least log size that the host accepts, in whole megabytes. */
export const minLogMegabytes = Math.ceil(65_536 / megabyte)

/** What to send so that every setting is what it was at first; empty where it is already. */
export function resetOf(settings: Settings): SettingsChange {
  const first = settingsSchema.parse({})
  const keys = Object.keys(settingsSchema.shape) as (keyof Settings)[]
  const changed = keys.filter((key) => JSON.stringify(settings[key]) !== JSON.stringify(first[key]))
  return Object.fromEntries(changed.map((key) => [key, first[key]]))
}
