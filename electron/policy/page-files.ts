import path from 'node:path'
import { pageOrigin } from '../names.ts'

/** By ending: what the build of the page makes. Anything else is not served. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

export type PageFile =
  { readonly file: string; readonly type: string } | { readonly status: 400 | 403 | 404 | 405; readonly why: string }

/** Which file of the page's folder a request is for; `file` is relative to it, and never leads out of it. */
export function pageFile(method: string, address: string): PageFile {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, why: `method ${method}` }
  if (!URL.canParse(address)) return { status: 400, why: 'no address' }
  const { protocol, host, pathname } = new URL(address)
  if (`${protocol}//${host}` !== pageOrigin) return { status: 403, why: `the address of another (${host})` }
  const file = decoded(pathname)
  if (file === undefined || /[\\\0:]|(^|\/)\.\.?(\/|$)/u.test(file)) return { status: 400, why: 'no path of a page' }
  const type = types[path.posix.extname(file)]
  return type === undefined ? { status: 404, why: 'no such kind of file' } : { file: file.replace(/^\/+/u, ''), type }
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}

/** What a page may do: run its own scripts, and nothing over the network. Styles are set inline by the component library. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // The files are those of this very build; a cache could only show older ones.
  'cache-control': 'no-store',
}
