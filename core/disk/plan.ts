/** Milliseconds since a file was written or read within which somebody may be at work with it, in this program or another. */
const inUseMs = 10 * 60_000

export interface CachedFile {
  readonly name: string
  /** Milliseconds since it was last written or read. */
  readonly idleMs: number
}

/**
 * Whether a file of the cache can go: archives of Pythons and what there is of downloads. Without a network an archive is all that a
 * Python can come from, and stays. What the cache remembers of this machine is small, and of use.
 */
export function isPrunable({ name, idleMs }: CachedFile, isOffline: boolean): boolean {
  if (idleMs < inUseMs) return false
  if (/\.part(\.json)?$/u.test(name)) return true
  return !isOffline && /\.(tar\.gz|tgz|zip|whl)$/u.test(name)
}
