// The module `electron` as main sees it, on plain Node: what this product uses of it, and nothing else. Each part says which
// members of electron.d.ts it stands for, so that it cannot drift; what main uses and this lacks fails as soon as it is used.
export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { clipboard, dialog, nativeTheme, Notification, powerMonitor, screen, shell, Tray } from './desktop.ts'
export { ipcMain } from './ipc-main.ts'
export { Menu } from './menu.ts'
export { net } from './net.ts'
export { protocol, session } from './pages.ts'
