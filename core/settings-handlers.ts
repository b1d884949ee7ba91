import { settingDifferences } from '../contract/index.ts'
import type { SettingsChange } from '../contract/index.ts'
import type { Handlers } from './dispatch.ts'
import type { Rooms } from './rooms.ts'
import { readSettingsFile, settingsFileText } from './storage/index.ts'

type SettingsHandlers = Pick<Handlers, Extract<keyof Handlers, `settings.${string}`>>

export function settingsHandlers(
  { settings, network, events }: Pick<Rooms, 'settings' | 'network' | 'events'>,
  tellRuntimes: () => Promise<void>,
): SettingsHandlers {
  const update = async (change: SettingsChange) => {
    await network.checkChange(change, await settings.get())
    const changed = await settings.update(change)
    events.emit('settings.changed', { settings: changed })
    if ('defaultRuntime' in change || 'extraRuntimes' in change) await tellRuntimes()
    return changed
  }
  /** @throws INVALID_PARAMS for whatever would be refused */
  const effect = async (text: string) => {
    const before = await settings.get()
    const { change, unknown } = readSettingsFile(text)
    await network.checkChange(change, before)
    return { change, changes: settingDifferences(before, change), unknown }
  }
  return {
    'settings.get': () => settings.get(),
    'settings.update': update,
    'settings.export': async () => ({ name: 'beep-settings.json', text: settingsFileText(await settings.get()) }),
    'settings.preview': async ({ text }) => {
      const { changes, unknown } = await effect(text)
      return { changes, unknown }
    },
    'settings.import': async ({ text }) => {
      const { change, changes, unknown } = await effect(text)
      return { settings: await update(change), changes, unknown }
    },
  }
}
