import { create } from 'zustand'
import type { Settings } from '../../contract/index.ts'

interface SettingsState {
  readonly settings: Settings | undefined
}

export const useSettings = create<SettingsState>()(() => ({ settings: undefined }))
