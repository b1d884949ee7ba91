import { create } from 'zustand'
import { keep, kept } from './keep.ts'

/** Where the user is: a screen, and the thing on it that is open ("environments", "demo"). */
export interface Place {
  readonly screen: string
  readonly item: string | undefined
}

interface UiState {
  readonly place: Place
  readonly isNavigationNarrow: boolean
  readonly areShortcutsShown: boolean
  /** A dialog that another screen or the palette asked for; the screen that has it opens it. */
  readonly dialog: DialogName | undefined
  /** The screen that has it: who leaves that leaves the dialog. */
  readonly dialogScreen: string | undefined
  /** What the dialog is to begin with: the environment of a new server, the profile of a new environment. */
  readonly dialogAbout: string | undefined
}

export type DialogName = 'add-runtime' | 'create-environment' | 'create-server' | 'diagnostics'

const choices = 'beep-ui'
const noDialog = { dialog: undefined, dialogScreen: undefined, dialogAbout: undefined }

export const useUi = create<UiState>()(() => ({
  place: { screen: 'home', item: undefined },
  isNavigationNarrow: false,
  areShortcutsShown: false,
  ...noDialog,
}))

/** `#/environments/my%20env` and back. What cannot be read is the home screen. */
export function placeOf(hash: string): Place {
  const [screen = '', item] = hash.replace(/^#?\/?/u, '').split('/')
  try {
    return { screen: screen || 'home', item: item ? decodeURIComponent(item) : undefined }
  } catch {
    return { screen: 'home', item: undefined }
  }
}

export function hashOf({ screen, item }: Place): string {
  return `#/${screen}${item === undefined ? '' : `/${encodeURIComponent(item)}`}`
}

/** Goes to a screen; the browser's back button returns. */
export function goTo(screen: string, item?: string): void {
  window.location.hash = hashOf({ screen, item })
}

/** Goes to the screen that has the dialog, and opens it there; `about` is what it begins with. */
export function openDialog(screen: string, dialog: DialogName, about?: string): void {
  goTo(screen)
  useUi.setState({ dialog, dialogScreen: screen, dialogAbout: about })
}

export function closeDialog(): void {
  useUi.setState(noDialog)
}

export function setNavigationNarrow(isNavigationNarrow: boolean): void {
  useUi.setState({ isNavigationNarrow })
  keep(choices, { isNavigationNarrow })
}

/** Follows the address, and takes up what the user chose last time in this browser. Called once, by main.tsx. */
export function startUi(): void {
  const follow = () => {
    const place = placeOf(window.location.hash)
    useUi.setState(({ dialogScreen }) => ({ place, ...(dialogScreen === place.screen ? {} : noDialog) }))
  }
  window.addEventListener('hashchange', follow)
  follow()
  const found = kept(choices)
  useUi.setState({
    isNavigationNarrow:
      typeof found === 'object' && found !== null && 'isNavigationNarrow' in found && found.isNavigationNarrow === true,
  })
}
