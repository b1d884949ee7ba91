import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')

/** What nobody here has written, or what programs make. */
const skipped = new Set(['node_modules', '.git', '.cache', 'dist', 'coverage', '__pycache__', '.venv', '_generated'])

/** Every file of the repository, as a path with forward slashes from its root. */
export function sourceFiles(folder = ''): string[] {
  const found: string[] = []
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    if (skipped.has(entry.name) || entry.name.endsWith('.egg-info') || /^\..*_cache$/u.test(entry.name)) continue
    const relative = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) found.push(...sourceFiles(relative))
    else if (entry.isFile()) found.push(relative)
  }
  return found.sort()
}

export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}
