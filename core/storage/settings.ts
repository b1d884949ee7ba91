import path from 'node:path'
import { z } from 'zod'
import { settingsSchema } from '../../contract/index.ts'
import type { AppError, Settings, SettingsChange } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import { withLock } from './file-lock.ts'
import { readJson, writeJson } from './json-file.ts'

const settingsFileSchema = z.object({ version: z.literal(1), settings: settingsSchema })

export interface SettingsStore {
  /** The settings as the file has them now; the defaults where there is no file, or one that cannot be read. */
  readonly get: () => Promise<Settings>
  /** Changes some of them, under a lock, so that two programs at once lose nothing. */
  readonly update: (change: SettingsChange) => Promise<Settings>
  /** What was wrong with the file, for the doctor; undefined once it is right again. */
  readonly problem: () => AppError | undefined
}

export function createSettingsStore(layout: Layout): SettingsStore {
  let problem: AppError | undefined
  const read = async (setAside: boolean): Promise<Settings> => {
    const found = await readJson(layout.settings, settingsFileSchema, { setAside })
    if (found.state === 'ok') {
      // A file that was put right by hand is no problem any more; one that was set aside still waits for somebody to look.
      if (problem?.details?.['setAside'] === undefined) problem = undefined
      return found.value.settings
    }
    if (found.state === 'unreadable') problem = found.problem
    return settingsSchema.parse({})
  }
  return {
    get: () => read(false),
    problem: () => problem,
    update: (change) =>
      withLock(path.join(layout.locks, 'settings'), async () => {
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
        const settings = settingsSchema.parse({ ...(await read(true)), ...given })
        await writeJson(layout.settings, { version: 1, settings })
        return settings
      }),
  }
}
