import type { MenuItemConstructorOptions } from 'electron'
import type { Place } from '../policy/deep-link.ts'
import { text } from '../text.ts'

export interface MenuActions {
  readonly open: (place: Place) => void
  readonly browse: (url: string) => void
  readonly reveal: (what: 'dataRoot' | 'logs') => void
}

/** The menu of the window: of the screen's edge on macOS, behind Alt elsewhere. Its shortcuts hold either way. */
export function menuTemplate(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const settings: MenuItemConstructorOptions = {
    label: text.menu.settings,
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.open({ screen: 'settings' }),
  }
  const about: MenuItemConstructorOptions = { label: text.menu.about, role: 'about' }
  const quit: MenuItemConstructorOptions = { label: text.menu.quit, accelerator: 'CmdOrCtrl+Q', role: 'quit' }
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const mac: MenuItemConstructorOptions = {
    label: text.product,
    submenu: [about, line, settings, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, line, quit],
  }
  const file: MenuItemConstructorOptions = {
    label: text.menu.file,
    // Elsewhere closing is in the Window menu.
    submenu: isMac ? [{ label: text.menu.closeWindow, role: 'close' }] : [settings, line, quit],
  }
  return [
    ...(isMac ? [mac] : []),
    file,
    { label: text.menu.edit, role: 'editMenu' },
    { label: text.menu.go, submenu: screenItems(actions) },
    { label: text.menu.view, submenu: viewItems(isPackaged) },
    { label: text.menu.window, role: 'windowMenu' },
    { label: text.menu.help, role: 'help', submenu: helpItems(isMac ? [] : [line, about], actions) },
  ]
}

function screenItems({ open }: MenuActions): MenuItemConstructorOptions[] {
  return Object.entries(text.menu.screens).map(([screen, label]) => ({ label, click: () => open({ screen }) }))
}

function viewItems(isPackaged: boolean): MenuItemConstructorOptions[] {
  const size: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  // Who builds the product looks under the hood.
  return isPackaged ? size : [...size, { type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
}

function helpItems(last: readonly MenuItemConstructorOptions[], actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    { label: text.menu.pythonDocs, click: () => actions.browse('https://docs.python.org/3/') },
    { label: text.menu.dataRoot, click: () => actions.reveal('dataRoot') },
    { label: text.menu.logs, click: () => actions.reveal('logs') },
    ...last,
  ]
}
