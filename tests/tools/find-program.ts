import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/** Where a program of this machine is, by its name or its full path; undefined: nowhere on the PATH, or not there. */
export function findProgram(name: string): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '')
  return folders
    .flatMap((folder) => endings.map((ending) => path.resolve(folder, name + ending)))
    .find((candidate) => {
      try {
        accessSync(candidate, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
