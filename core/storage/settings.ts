import path from 'node:path'
import { z } from 'zod'
import { settingsSchema } from '../../contract/index.ts'
import type { AppError, Settings, SettingsChange } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import { keepCredentials, readCredentials, splitCredentials } from './credentials.ts'
import { withLock } from './file-lock.ts'
import { readJson, writeJson } from './json-file.ts'

const settingsFileSchema = z.object({ version: z.literal(1), settings: settingsSchema })

export interface SettingsStore {
  /** The settings as the file has them now; the defaults where there is no file, or one that cannot be read. Never a password. */
  readonly get: () => Promise<Settings>
  /** Changes some of them, under a lock, so that two programs at once lose nothing. Passwords in addresses are kept apart. */
  readonly update: (change: SettingsChange) => Promise<Settings>
  /** What was wrong with the file, for the doctor; undefined once it is right again. */
  readonly problem: () => AppError | undefined
  /** Names and passwords, by the address of the settings that they are for. Not for showing. */
  readonly credentials: () => Promise<ReadonlyMap<string, string>>
}

export function createSettingsStore(layout: Layout): SettingsStore {
  let problem: AppError | undefined
  const read = async (setAside: boolean) => {
    const found = await readJson(layout.settings, settingsFileSchema, { setAside })
    if (found.state === 'ok') {
      // A file that was put right by hand is no problem any more; one that was set aside still waits for somebody to look.
      if (problem?.details?.['setAside'] === undefined) problem = undefined
      // A password that was written in there by hand counts, too.
      return splitCredentials(found.value.settings)
    }
    if (found.state === 'unreadable') problem = found.problem
    return splitCredentials(settingsSchema.parse({}))
  }
  return {
    get: async () => (await read(false)).settings,
    problem: () => problem,
    credentials: async () => new Map([...(await readCredentials(layout)), ...(await read(false)).taken]),
    update: (change) =>
      withLock(path.join(layout.locks, 'settings'), async () => {
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
        const before = await read(true)
        const { settings, taken } = splitCredentials(settingsSchema.parse({ ...before.settings, ...given }))
        const credentials = new Map([...before.taken, ...taken])
        // Those of both, until the new settings are in place: whenever this is cut off, no address has lost its password.
        await keepCredentials(layout, [before.settings, settings], credentials)
        await writeJson(layout.settings, { version: 1, settings })
        await keepCredentials(layout, [settings], credentials)
        return settings
      }),
  }
}
