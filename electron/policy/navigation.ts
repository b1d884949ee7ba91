import { pageOrigin } from '../names.ts'

/** Pages that our texts and menus link to; the browser shows them. A prefix ends with a slash, so that no host continues it. */
const ours = ['https://docs.python.org/', 'https://packaging.python.org/', 'https://docs.astral.sh/']

export type NavigationVerdict =
  /** The page itself, loaded again. */
  | { readonly kind: 'allow' }
  /** Not in the window: in the system's browser. */
  | { readonly kind: 'browser'; readonly url: string }
  | { readonly kind: 'refuse'; readonly why: string }

/** Where a page may go by itself. It has one address, and what changes behind the `#` is no navigation. */
export function navigationVerdict(target: string, isMainFrame: boolean): NavigationVerdict {
  if (!isMainFrame) return { kind: 'refuse', why: 'the page has no frames' }
  return isPage(target) ? { kind: 'allow' } : linkVerdict(target)
}

/** What becomes of a link that wants a window of its own: never one of ours. */
export function linkVerdict(target: string): Exclude<NavigationVerdict, { kind: 'allow' }> {
  if (!URL.canParse(target)) return { kind: 'refuse', why: 'it is no address' }
  const url = new URL(target)
  if (url.username !== '' || url.password !== '') return { kind: 'refuse', why: 'it has a user in it' }
  if (ours.some((prefix) => url.href.startsWith(prefix))) return { kind: 'browser', url: url.href }
  return { kind: 'refuse', why: 'it is not on the list' }
}

/** True for the page that we serve, whatever place in it. */
export function isPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, pathname } = new URL(address)
  return `${protocol}//${host}` === pageOrigin && (pathname === '/index.html' || pathname === '/' || pathname === '')
}
