import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'

/** Bytes that a tree takes up, links not followed. What vanishes meanwhile counts nothing. `without`: names of folders left out. */
export async function folderSize(folder: string, without: readonly string[] = []): Promise<number> {
  let total = 0
  const pending = [folder]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const entries = await readdir(next, { withFileTypes: true }).catch(() => [])
    const files: string[] = []
    for (const entry of entries)
      if (!without.includes(entry.name)) (entry.isDirectory() ? pending : files).push(path.join(next, entry.name))
    const sizes = await Promise.all(
      files.map((file) =>
        lstat(file).then(
          (facts) => facts.size,
          () => 0,
        ),
      ),
    )
    for (const bytes of sizes) total += bytes
  }
  return total
}
