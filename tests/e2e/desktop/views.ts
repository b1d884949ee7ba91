// What a test sees of the native side of the desktop app, and what it can do there; the same for the stand-in and for Electron.

import type { Bounds } from '../../../contract/index.ts'

export interface MenuView {
  readonly label: string
  readonly type: string
  readonly enabled: boolean
  readonly checked: boolean
  readonly items?: readonly MenuView[]
}

export interface TrayView {
  /** Name of the picture's file. */
  readonly icon: string
  readonly tooltip: string
  readonly menu: readonly MenuView[]
}

export interface DialogView {
  readonly id: number
  readonly kind: 'message' | 'open' | 'error'
  readonly title: string
  readonly message: string
  readonly detail: string
  readonly buttons: readonly string[]
  readonly checkbox: string
}

export interface WindowView {
  readonly id: number
  readonly url: string
  readonly isVisible: boolean
  readonly isMinimized: boolean
  readonly bounds: Bounds
}

export interface DesktopView {
  readonly tray: TrayView | null
  /** How often something of the tray was set. */
  readonly trayChanges: number
  readonly menu: readonly MenuView[]
  /** Those that wait for an answer. */
  readonly dialogs: readonly DialogView[]
  readonly windows: readonly WindowView[]
  /** Addresses that went to the system's browser. */
  readonly opened: readonly string[]
  /** Paths that were shown in the file manager. */
  readonly revealed: readonly string[]
  readonly notifications: readonly { readonly title: string; readonly body: string }[]
  readonly clipboard: string
  readonly themeSource: string
  readonly startsAtLogin: boolean
}

export type DesktopAction =
  | { readonly kind: 'click'; readonly menu: 'tray' | 'app'; readonly labels: readonly string[] }
  | { readonly kind: 'press-tray' }
  | { readonly kind: 'close-window' }
  | { readonly kind: 'crash-page' }
  | { readonly kind: 'move-window'; readonly bounds: Bounds }
  | { readonly kind: 'activate' }
  | { readonly kind: 'open-url'; readonly url: string }
  /** `button` by its label. */
  | { readonly kind: 'answer'; readonly dialog: number; readonly button: string; readonly isChecked: boolean }
  | { readonly kind: 'pick'; readonly dialog: number; readonly paths: readonly string[] }
