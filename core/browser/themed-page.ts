import type { Settings } from '../../contract/index.ts'

/** Every path that is no file of its own is the page: it finds its screen by itself. */
export function isPagePath(pathname: string): boolean {
  return pathname === '/index.html' || !/\.[^/]*$/u.test(pathname)
}

/** The page with the user's theme in it, where a script looks for it before anything is painted (renderer/public/first-theme.js). */
export function withTheme(html: string, theme: Settings['theme']): string {
  return html.replace(/<html(?=[\s>])/u, `<html data-theme="${theme}"`)
}
