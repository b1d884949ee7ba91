import type { TrayState } from './tray-model.ts'

export interface TraySurroundings {
  readonly platform: NodeJS.Platform
  /** What the system says of its panels and taskbar. */
  readonly isSystemDark: boolean
  /** `XDG_CURRENT_DESKTOP`, on Linux. */
  readonly desktop: string | undefined
}

/** Desktops whose panel is dark whatever the theme is. */
const darkPanels = /\b(GNOME|Unity|Pantheon|Cinnamon|X-Cinnamon)\b/iu

/** The file of the tray's picture, in resources/tray. macOS colours a template by itself; the others need to be told light from dark. */
export function trayIcon(state: TrayState, { platform, isSystemDark, desktop }: TraySurroundings): string {
  if (platform === 'darwin') return `${state}Template.png`
  const isDark = isSystemDark || (platform === 'linux' && darkPanels.test(desktop ?? ''))
  return `${state}-${isDark ? 'on-dark' : 'on-light'}.${platform === 'win32' ? 'ico' : 'png'}`
}
