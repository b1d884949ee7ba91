import { create } from 'zustand'
import type { Settings, SettingsChange, SettingsFileEffect } from '../../contract/index.ts'
import { call } from './call.ts'

interface SettingsState {
  readonly settings: Settings | undefined
}

export const useSettings = create<SettingsState>()(() => ({ settings: undefined }))

/** Changes settings. The answer counts at once: the event that tells every door may come a moment later. */
export async function saveSettings(change: SettingsChange): Promise<void> {
  useSettings.setState({ settings: await call('settings.update', change) })
}

/** Takes the settings of a file, all of them or none. */
export async function importSettings(text: string): Promise<SettingsFileEffect> {
  const { settings, ...effect } = await call('settings.import', { text })
  useSettings.setState({ settings })
  return effect
}
