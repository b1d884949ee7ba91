import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { WebContents } from 'electron'
import type { Memory } from './desktop-file.ts'
import { pageUrl } from './names.ts'
import { hashOf } from './policy/deep-link.ts'
import type { Place } from './policy/deep-link.ts'
import { placeWindow } from './policy/window-bounds.ts'
import { windowOptions } from './policy/window-options.ts'
import type { WindowFacts } from './policy/window-options.ts'

export interface WindowDeps extends Pick<WindowFacts, 'preload' | 'icon' | 'isPackaged'> {
  readonly memory: Memory
  /** A window has just been made; it has loaded nothing yet. */
  readonly onMade: (window: BrowserWindow) => void
}

/** The window: one, made when it is first wanted, and kept while it is hidden. */
export interface Windows {
  readonly current: () => BrowserWindow | undefined
  readonly isOurs: (contents: WebContents) => boolean
  /** Brings the window to the front, at a place in it if one is named. */
  readonly show: (place?: Place) => void
}

export function createWindows(deps: WindowDeps): Windows {
  let current: BrowserWindow | undefined

  const make = (): BrowserWindow => {
    const { bounds, isMaximized } = deps.memory.get()
    const main = screen.getPrimaryDisplay()
    const others = screen.getAllDisplays().filter((display) => display.id !== main.id)
    const window = new BrowserWindow(
      windowOptions({
        ...deps,
        placed: placeWindow(
          bounds,
          [main, ...others].map((display) => display.workArea),
        ),
        isDark: nativeTheme.shouldUseDarkColors,
      }),
    )
    current = window
    if (isMaximized) window.maximize()
    const remember = () => deps.memory.change({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
    for (const moment of ['resize', 'move', 'maximize', 'unmaximize'] as const)
      window.on(moment as 'resize', () => window.isVisible() && remember())
    window.once('ready-to-show', () => window.show())
    window.once('closed', () => (current = undefined))
    deps.onMade(window)
    return window
  }
  const load = (window: BrowserWindow, place: Place | undefined) => {
    const url = place === undefined ? pageUrl : `${pageUrl}${hashOf(place)}`
    // The very same address would be loaded anew; another place in it is gone to without that. Failures are events of the window.
    if (window.webContents.getURL() !== url) void window.loadURL(url).catch(() => {})
  }

  return {
    current: () => current,
    isOurs: (contents) => current?.webContents === contents,
    show(place) {
      if (current === undefined) return load(make(), place)
      if (place !== undefined) load(current, place)
      if (current.isMinimized()) current.restore()
      current.show()
      current.focus()
    },
  }
}
