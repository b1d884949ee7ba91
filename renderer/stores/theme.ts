import { create } from 'zustand'
import { themes } from '../../contract/index.ts'
import type { Settings } from '../../contract/index.ts'
import { call } from './call.ts'
import { keep, kept } from './keep.ts'
import { useSettings } from './settings.ts'

export type Theme = Settings['theme']

interface ThemeState {
  /** What is on screen: the setting, except for the moment until a choice made here has become it. */
  readonly theme: Theme
}

export const useTheme = create<ThemeState>()(() => ({ theme: 'system' }))

/** Where this browser keeps what it saw last, for the first paint of a page that the host has not written it into. */
const lastSeen = 'beep-theme'

/** The choice that is on its way to the host: until it comes back, what the host says is older. */
let awaited: Theme | undefined

function show(theme: Theme): void {
  if (useTheme.getState().theme !== theme) useTheme.setState({ theme })
  keep(lastSeen, theme)
}

/** Shows a theme at once and makes it the setting. Rejects, and shows the setting again, when the host does not take it. */
export async function setTheme(theme: Theme): Promise<void> {
  awaited = theme
  show(theme)
  try {
    await call('settings.update', { theme })
  } catch (error) {
    if (awaited === theme) {
      awaited = undefined
      show(useSettings.getState().settings?.theme ?? theme)
    }
    throw error
  }
}

/** Begins with what the first paint had, then follows the setting, whichever door changes it. Returns the way to stop. */
export function startTheme(): () => void {
  show(firstTheme())
  return useSettings.subscribe(({ settings }) => {
    if (settings === undefined) return
    if (awaited !== undefined && settings.theme !== awaited) return
    awaited = undefined
    show(settings.theme)
  })
}

function firstTheme(): Theme {
  const found = document.documentElement.dataset['theme'] ?? kept(lastSeen)
  return themes.find((theme) => theme === found) ?? 'system'
}
