import type { OpenDialogOptions } from 'electron'

/** What the picker of the system is told. `title` is shown by Windows and Linux, `message` by macOS. */
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
