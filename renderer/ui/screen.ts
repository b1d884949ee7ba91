import type { Icon } from '@tabler/icons-react'
import type { ComponentType } from 'react'

export interface ScreenProps {
  /** The thing that is open on the screen, from the address: `#/environments/demo`. */
  readonly item: string | undefined
}

/** An action that the palette offers. */
export interface PaletteAction {
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly icon?: Icon
  readonly run: () => void
}

/** What a feature gives to the shell. Texts are asked for when they are shown, not when the module loads. */
export interface Screen {
  readonly id: string
  readonly title: () => string
  readonly icon: Icon
  /** Second key after G: `g e` opens the environments. */
  readonly key: string
  readonly view: ComponentType<ScreenProps>
  /** A React hook: what the palette offers of this noun right now. */
  readonly useActions?: () => readonly PaletteAction[]
}
