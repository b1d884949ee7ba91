import path from 'node:path'
import type { Package, PackageChange } from '../../../contract/index.ts'
import { partOf } from '../carry/parts.ts'
import { normalizedName } from '../requirements.ts'

/**
 * The folders of an environment that hold packages and nothing else, by their paths in it. `site` is its site-packages.
 * What packages put elsewhere is found by their RECORDs.
 */
export function packagePlaces(site: string, platform: NodeJS.Platform): readonly string[] {
  return platform === 'win32' ? [site, 'Scripts', 'share', 'etc', 'Include'] : [site, 'bin', 'share', 'etc', 'include']
}

/** Interpreter and activation scripts, which belong to the environment and to no package. */
export function isSkeleton(parts: readonly string[], platform: NodeJS.Platform): boolean {
  const [top = ''] = parts
  const isScript = platform === 'win32' ? /^scripts$/iu.test(top) : top === 'bin'
  return isScript && partOf(parts, platform) === 'skeleton'
}

export interface FileFacts {
  /** A RECORD lists it. */
  readonly isRecorded: boolean
  readonly mtimeMs: number
  /** When the snapshot is taken. */
  readonly now: number
}

/**
 * A file of a package can be shared: installers replace such files whole, and so does Python its byte code. A file that somebody
 * is known to write into is copied: lists of paths, scripts, RECORDs, and whatever no package has brought. So is one whose time
 * lies ahead, since a later time than that of the snapshot is how a shared file that was written into is recognized.
 */
export function howToKeep(
  parts: readonly string[],
  { isRecorded, mtimeMs, now }: FileFacts,
  platform: NodeJS.Platform,
): 'link' | 'copy' {
  const name = parts.at(-1) ?? ''
  if (mtimeMs >= now || /^(RECORD|INSTALLER|REQUESTED)$/u.test(name)) return 'copy'
  if (name.endsWith('.pyc')) return 'link'
  return isRecorded && partOf(parts, platform) === 'plain' ? 'link' : 'copy'
}

export interface Seen {
  readonly kind: 'file' | 'link'
  readonly bytes: number
  readonly mtimeMs: number
  /** Volume and number of the file, which two names of one file share. */
  readonly identity: string
  readonly target?: string
}

/** Whether a file need not be touched to be as it was kept. Times of copies are kept to the millisecond. */
export function isSame(kept: Seen, live: Seen | undefined): boolean {
  if (live === undefined || live.kind !== kept.kind) return false
  if (kept.kind === 'link') return kept.target === live.target
  if (kept.identity === live.identity) return true
  return kept.bytes === live.bytes && Math.abs(kept.mtimeMs - live.mtimeMs) < 2
}

/** How packages differ, by name. */
export function differenceOf(before: readonly Package[], after: readonly Package[]): PackageChange[] {
  const was = new Map(before.map((one) => [normalizedName(one.name), one]))
  const is = new Map(after.map((one) => [normalizedName(one.name), one]))
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .map((key) => ({
      name: (is.get(key) ?? was.get(key))?.name ?? key,
      from: was.get(key)?.version ?? null,
      to: is.get(key)?.version ?? null,
    }))
    .filter(({ from, to }) => from !== to)
}

/** Which ones go, so that no more stay than the settings allow. `entries`: the newest first. */
export function surplus(
  entries: readonly { readonly id: string; readonly ownBytes: number }[],
  most: { readonly count: number; readonly bytes: number },
): string[] {
  let bytes = 0
  const going: string[] = []
  for (const [at, { id, ownBytes }] of entries.entries()) {
    bytes += ownBytes
    // The newest stays whatever its size: it is the way back from what was just done.
    if (at >= most.count || (at > 0 && bytes > most.bytes)) going.push(id)
  }
  return going
}

/** Whether packages may be put back under running servers. Windows lets nobody replace a library that is loaded. */
export function mayChangeUnderServers(platform: NodeJS.Platform): boolean {
  return platform !== 'win32'
}

/** `lib/python3.12/site-packages/six.py`: a path in an environment, the same on every platform. */
export function insideOf(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/')
}
