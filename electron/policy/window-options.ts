import type { BrowserWindowConstructorOptions } from 'electron'
import { productName } from '../names.ts'
import { minSize } from './window-bounds.ts'
import type { Placed } from './window-bounds.ts'

export interface WindowFacts {
  readonly placed: Placed
  readonly preload: string
  readonly icon: string
  readonly isDark: boolean
  /** Developer tools are for who builds the product. */
  readonly isPackaged: boolean
}

/** Everything that a window is made with. The page is as powerless as any on the web, apart from what the preload gives it. */
export function windowOptions(facts: WindowFacts): BrowserWindowConstructorOptions {
  return {
    ...facts.placed,
    minWidth: minSize.width,
    minHeight: minSize.height,
    title: productName,
    icon: facts.icon,
    // Shown once there is something to see, on the colour that the page will have: nothing flashes.
    show: false,
    backgroundColor: facts.isDark ? '#14161a' : '#f6f7f9',
    // Its shortcuts hold; the bar itself comes with Alt. macOS has its menu elsewhere.
    autoHideMenuBar: true,
    webPreferences: {
      preload: facts.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      // A dictionary would be fetched from the network.
      spellcheck: false,
      devTools: !facts.isPackaged,
    },
  }
}
