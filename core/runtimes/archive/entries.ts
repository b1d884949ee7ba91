/** What an archive says of one of its entries. */
export interface ArchiveEntry {
  readonly path: string
  readonly type: string
  readonly linkpath: string | undefined
  readonly mode: number | undefined
}

/** What is to be made of it; paths are relative to the runtime's folder, with `/`. */
export type EntryPlan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly mode: number }
  | { readonly kind: 'symlink'; readonly path: string; readonly target: string }
  /** A second name of an earlier file. */
  | { readonly kind: 'copy'; readonly path: string; readonly from: string }

/** The archive wants something that no Python archive needs: it is damaged, or made to do harm. */
export class UnsafeEntry extends Error {
  override readonly name = 'UnsafeEntry'
}

/** The one folder that everything of a standalone build lies in. */
const top = 'python'

/**
 * Decides about one entry. Everything stays inside the runtime's folder: no full paths, no `..`, no devices, and links only to what
 * is inside. Nothing doubtful is passed over in silence, for a Python with a part missing is worse than none.
 */
export function planEntry(entry: ArchiveEntry, platform: NodeJS.Platform): EntryPlan {
  const path = insidePath(entry.path, platform)
  switch (entry.type) {
    case 'Directory':
    case 'GNUDumpDir':
      return path === '' ? { kind: 'nothing' } : { kind: 'folder', path }
    case 'File':
    case 'OldFile':
    case 'ContiguousFile':
      return { kind: 'file', path: named(path, entry), mode: ((entry.mode ?? 0) & 0o111) === 0 ? 0o644 : 0o755 }
    case 'SymbolicLink':
      return { kind: 'symlink', path: named(path, entry), target: insideTarget(path, entry) }
    case 'Link':
      return { kind: 'copy', path: named(path, entry), from: named(insidePath(entry.linkpath ?? '', platform), entry) }
    default:
      throw new UnsafeEntry(`${shown(entry.path)} is of the kind ${entry.type}`)
  }
}

function insidePath(text: string, platform: NodeJS.Platform): string {
  const forbidden = platform === 'win32' ? /[\\:\0]/u : /[\\\0]/u
  const parts = text.split('/').filter((part) => part !== '' && part !== '.')
  if (text.startsWith('/') || forbidden.test(text) || parts.includes('..'))
    throw new UnsafeEntry(`${shown(text)} leads out of the archive`)
  if (parts[0] !== top) throw new UnsafeEntry(`${shown(text)} does not lie in the folder ${top}/`)
  return parts.slice(1).join('/')
}

function named(path: string, entry: ArchiveEntry): string {
  if (path === '') throw new UnsafeEntry(`${shown(entry.path)} is no folder`)
  return path
}

/**
 * A link's target may go up with leading `..` only, and not above the runtime's folder. A `..` further on could follow another link
 * to somewhere else first, so that counting the parts would prove nothing.
 */
function insideTarget(path: string, { linkpath = '' }: ArchiveEntry): string {
  const parts = linkpath.split('/').filter((part) => part !== '' && part !== '.')
  const ups = parts.findIndex((part) => part !== '..')
  const depth = path.split('/').length - 1
  const isInside = ups >= 0 && ups <= depth && !parts.slice(ups).includes('..')
  if (linkpath.startsWith('/') || /[\\:\0]/u.test(linkpath) || !isInside)
    throw new UnsafeEntry(`the link ${shown(path)} leads out of the archive, to ${shown(linkpath)}`)
  return parts.join('/')
}

function shown(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}…` : text)
}

/** Windows: programs that do not know of long paths stop at 260 characters, the closing zero included; many an extension module does not. */
export function isPathTooLong(root: string, longestEntry: number, platform: NodeJS.Platform): boolean {
  return platform === 'win32' && root.length + 1 + longestEntry > 259
}
