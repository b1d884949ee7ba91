import { dialog, shell } from 'electron'
import type { BrowserWindow, OpenDialogOptions } from 'electron'
import type { DesktopShell } from '../core/index.ts'

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

/** `title` is shown by Windows and Linux, `message` by macOS. */
export function pickOptions(kind: 'file' | 'folder', title: string, extensions: readonly string[]): OpenDialogOptions {
  return {
    title,
    message: title,
    properties:
      kind === 'file' ? ['openFile', 'showHiddenFiles'] : ['openDirectory', 'createDirectory', 'showHiddenFiles'],
    // The last part only: file pickers know ".gz", not ".tar.gz".
    ...(extensions.length === 0
      ? {}
      : { filters: [{ name: title, extensions: extensions.map((ending) => ending.split('.').at(-1) ?? ending) }] }),
  }
}
