import { dialog, shell } from 'electron'
import type { BrowserWindow } from 'electron'
import type { DesktopShell } from '../core/index.ts'
import { pickOptions } from './policy/pick-options.ts'

/** What this desktop lends to core: its picker and its file manager. */
export function createDesktopShell(window: () => BrowserWindow | undefined): DesktopShell {
  return {
    versions: { electron: process.versions.electron ?? '', chrome: process.versions['chrome'] ?? '' },
    async pickPath({ kind, title, extensions }) {
      const options = pickOptions(kind, title, extensions)
      const owner = window()
      const { canceled, filePaths } = owner
        ? await dialog.showOpenDialog(owner, options)
        : await dialog.showOpenDialog(options)
      return { path: canceled ? null : (filePaths[0] ?? null) }
    },
    reveal: ({ path }) => {
      shell.showItemInFolder(path)
      return Promise.resolve({ path })
    },
  }
}
