import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'

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

/**
 * A count of bytes over several trees, in which a file with several names counts once. @returns what a tree adds
 * @throws CANCELLED
 */
export function createTally(signal: AbortSignal): (folder: string, without?: readonly string[]) => Promise<number> {
  const seen = new Set<string>()
  return async (folder, without = []) => {
    let total = 0
    const pending = [folder]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (signal.aborted) throw new AppError('CANCELLED', `Cancelled: measuring ${folder}`)
      const facts = await lstat(next, { bigint: true }).catch(() => undefined)
      if (!facts) continue
      if (facts.isDirectory()) {
        const names = await readdir(next).catch(() => [])
        const inside = next
        for (const name of names) if (!without.includes(name)) pending.push(path.join(inside, name))
      } else {
        const identity = `${facts.dev}:${facts.ino}`
        if (!seen.has(identity)) total += Number(facts.size)
        seen.add(identity)
      }
    }
    return total
  }
}
