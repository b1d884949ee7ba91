import { mkdirSync } from 'node:fs'
import { app } from 'electron'
import { appId, linkScheme, productName } from './names.ts'
import { declarePageScheme } from './pages.ts'

/** What Chromium must know before it begins. `folder`: all that the app itself keeps, inside of the data root. */
export function setBeforeReady(folder: string): void {
  app.setName(productName)
  app.setAppUserModelId(appId)
  // One app for each data root: the lock of a single instance goes by this folder.
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
  declarePageScheme()
  // The installers of macOS and Linux tell the system of our links; on Windows the app does, and on macOS again after an update.
  if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient(linkScheme, process.execPath, [])
}
